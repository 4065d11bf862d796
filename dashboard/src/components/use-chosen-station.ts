import { useQuery } from '@tanstack/react-query'
import { stationsQuery } from './stations-query.ts'

/** The station of that commune, or the first that the account has. */
export function useChosenStation(areaCode: string | undefined) {
  const stations = useQuery(stationsQuery)
  const items = stations.data?.items ?? []
  return { stations, items, station: items.find((each) => each.areaCode === areaCode) ?? items[0] ?? null }
}
