import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '../lib/i18n/index.ts'
import { assetsQuery } from './assets-query.ts'

/** What a station has brought for a purpose, to choose from; a sound that is chosen but gone keeps its place. */
export function useOwnSounds(areaCode: string): (purpose: 'chime' | 'bed', chosen: string) => SoundOption[] {
  const { t } = useTranslation()
  const assets = useQuery({ ...assetsQuery(areaCode), enabled: areaCode !== '' })
  return (purpose, chosen) => {
    const ready = (assets.data ?? []).filter((asset) => asset.purpose === purpose && asset.state === 'ready')
    const options = ready.map(({ id, fileName }) => ({ value: String(id), label: fileName }))
    const isListed = options.some(({ value }) => value === chosen) || !chosen.startsWith('upl_')
    return isListed ? options : [...options, { value: chosen, label: t('station.music.own') }]
  }
}

interface SoundOption {
  readonly value: string
  readonly label: string
}
