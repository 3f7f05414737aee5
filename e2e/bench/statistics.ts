const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  if (low === undefined || high === undefined) throw new Error('There is no median of nothing.')
  return (low + high) / 2
}

/** Repeats a measurement and returns the median. */
export const medianOf = async (runs: number, measure: () => Promise<number>): Promise<number> => {
  const values: number[] = []
  for (let run = 0; run < runs; run++) values.push(await measure())
  return median(values)
}

export const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`
