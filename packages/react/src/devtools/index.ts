'use client'

export { SolotabDevtools, type SolotabDevtoolsProps } from './solotab-devtools.tsx'
