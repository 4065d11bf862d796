import { startTransition, useEffect, useState } from 'react'

/** How many of `total` to draw: the first at once, the others one by one while nothing else is to do. */
export function useGrowing(total: number): number {
  const [drawn, setDrawn] = useState(1)
  useEffect(() => {
    if (drawn >= total) return
    const timer = setTimeout(() => startTransition(() => setDrawn(drawn + 1)), 0)
    return () => clearTimeout(timer)
  }, [drawn, total])
  return Math.min(drawn, total)
}
