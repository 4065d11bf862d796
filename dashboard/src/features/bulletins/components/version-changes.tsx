import { VisuallyHidden } from '@mantine/core'
import type { BulletinVersion } from '#protocol/http/bulletins.ts'
import { number } from '../../../lib/format/number.ts'
import { plainDate } from '../../../lib/format/time.ts'
import { useLanguage, useTranslation } from '../../../lib/i18n/index.ts'
import { diffScripts, type Stretch } from '../diff-scripts.ts'
import styles from './version-changes.module.css'

/** What a version has changed: its fields by old and new, its script word by word. */
export function VersionChanges({ before, after }: { before: BulletinVersion; after: BulletinVersion }) {
  const { t } = useTranslation()
  return (
    <>
      <FieldChanges before={before} after={after} />
      {before.script === after.script ? (
        <p className={styles.quiet}>{t('versions.same')}</p>
      ) : (
        <div className={styles.script} lang="vi">
          {diffScripts(before.script, after.script).map((stretch, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the stretches of two fixed texts never move
            <Shown key={i} stretch={stretch} />
          ))}
        </div>
      )}
    </>
  )
}

function Shown({ stretch }: { stretch: Stretch }) {
  const { t } = useTranslation()
  const language = useLanguage()
  switch (stretch.kind) {
    case 'same':
      return <>{stretch.text}</>
    case 'added':
      return (
        <ins className={styles.added}>
          <VisuallyHidden>{t('versions.added')} </VisuallyHidden>
          {stretch.text}
        </ins>
      )
    case 'removed':
      return (
        <del className={styles.removed}>
          <VisuallyHidden>{t('versions.removed')} </VisuallyHidden>
          {stretch.text}
        </del>
      )
    case 'skipped':
      return <div className={styles.skipped}>… {t('versions.skipped', { n: number(stretch.count, language) })} …</div>
  }
}

function FieldChanges({ before, after }: { before: BulletinVersion; after: BulletinVersion }) {
  const { t } = useTranslation()
  const shownOf = (version: BulletinVersion) => ({
    title: version.title,
    class: t(`bulletinClass.${version.class}`),
    effectiveOn: version.effectiveOn ? plainDate(version.effectiveOn) : '',
    expiresOn: version.expiresOn ? plainDate(version.expiresOn) : '',
    cites: version.cites.join('; '),
  })
  const [was, is] = [shownOf(before), shownOf(after)]
  const names = ['title', 'class', 'effectiveOn', 'expiresOn', 'cites'] as const
  const changed = names.filter((name) => was[name] !== is[name])
  if (changed.length === 0) return null
  return (
    <dl className={styles.fields}>
      {changed.map((name) => (
        <div key={name}>
          <dt>{t(`versions.field.${name}`)}</dt>
          <dd>
            <del className={styles.removed}>{was[name] || t('versions.empty')}</del>{' '}
            <ins className={styles.added}>{is[name] || t('versions.empty')}</ins>
          </dd>
        </div>
      ))}
    </dl>
  )
}
