import { useTranslation } from '../../lib/i18n/index.ts'
import { type EditorValues, yearlyDate } from './editor-values.ts'
import { repeatFrom } from './repeat-choice.ts'
import { isChime } from './rundown-frame.ts'

/** What the editor's fields must hold before anything is sent, and what is said where they do not. */
export function useEditorRules() {
  const { t } = useTranslation()
  const season = (value: string, { isSeasonal }: EditorValues) =>
    isSeasonal && yearlyDate(value) === null ? t('programme.badSeason') : null
  return {
    name: (value: string) => (value.trim() === '' ? t('programme.needName') : null),
    startsOn: (value: string) => (value === '' ? t('programme.needDate') : null),
    startTime: (value: string) => (value === '' ? t('programme.needTime') : null),
    maxMinutes: (value: number | string) =>
      typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 180
        ? null
        : t('programme.needMinutes'),
    repeat: (value: EditorValues['repeat']) => (repeatFrom(value) ? null : t('programme.needRepeat')),
    until: (value: string, { startsOn }: EditorValues) =>
      value !== '' && value < startsOn ? t('programme.badUntil') : null,
    seasonFrom: season,
    seasonTo: season,
    clusters: (value: EditorValues['clusters'], { isWhole }: EditorValues) =>
      !isWhole && value.length === 0 ? t('programme.needTargets') : null,
    rundown: (value: EditorValues['rundown']) => (value.every(isChime) ? t('programme.needRundown') : null),
  }
}
