import { Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { clustersOfQuery } from '../../../components/clusters-of-query.ts'
import { useTranslation } from '../../../lib/i18n/index.ts'
import styles from './why.module.css'
import { type Question, WhyAnswer } from './why-answer.tsx'

interface Props extends Omit<Question, 'clusterId'> {
  readonly areaCode: string
}

/** Asks why a session is, was or will be heard on one of a commune's clusters, or not. */
export function WhySession({ areaCode, ...question }: Props) {
  const { t } = useTranslation()
  const clusters = useQuery(clustersOfQuery(areaCode)).data ?? []
  const [chosen, setChosen] = useState<string | null>(null)
  const [asked, setAsked] = useState<string | null>(null)
  const clusterId = chosen ?? clusters[0]?.id
  if (clusterId === undefined) return null
  const ask = (event: FormEvent): void => {
    event.preventDefault()
    setAsked(clusterId)
  }
  return (
    <form onSubmit={ask}>
      <div className={styles.about}>
        <NativeSelect
          label={t('why.cluster')}
          value={clusterId}
          onChange={(event) => {
            setChosen(event.currentTarget.value)
            setAsked(null)
          }}
          data={clusters.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Button type="submit" variant="default">
          {t('why.ask')}
        </Button>
      </div>
      {asked && (
        <div className={styles.asked}>
          <WhyAnswer clusterId={asked} {...question} />
        </div>
      )}
    </form>
  )
}
