/** Only because both sides are at one address here: Solotab would take over the session of the other one. */
export const SOLOTAB_STORAGE_KEY = 'solotab-lab'
