import { useQuery } from '@tanstack/react-query'
import { mondayOf } from '../../../lib/format/time.ts'
import { weekQuery } from '../api/list-days.ts'
import { DayMarks } from './day-head.tsx'
import styles from './day-lead.module.css'

/** The moon and the holiday of a day, under its name; its place is kept until they are known. */
export function DayLead({ areaCode, date }: { areaCode: string; date: string }) {
  const week = useQuery(weekQuery(areaCode, mondayOf(date)))
  const day = week.data?.days.find((each) => each.date === date)
  return <span className={styles.lead}>{day && <DayMarks day={day} />}</span>
}
