import type { Side } from '../protocol/side.ts'

/** Panes beyond these are small. */
export const LARGE_PANES = 12

export const paneName = (side: Side, number: number): string => `${side}-${number}`

export const paneNumber = (pane: string): number => Number(pane.split('-')[1])
