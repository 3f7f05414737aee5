/** Runs once, before the first test. The demo's `vite build` belongs here; the tests serve `apps/demo/dist` themselves. */
export default async function globalSetup(): Promise<void> {}
