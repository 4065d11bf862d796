import type { phoneCalendar as vi } from '../vi/phone-calendar.ts'
import type { Words } from '../words.ts'

export const phoneCalendar: Words<typeof vi> = {
  phoneCalendar: {
    title: 'Calendar for phones',
    text: 'Add this link to the calendar app of a phone (“Add calendar from URL” or “Subscribe”) to see the sessions without signing in.',
    make: 'Make a link',
    made: 'The link is ready',
    madeText:
      'Copy it now: it is shown only once. Whoever has it sees the schedule and the titles of approved bulletins, and can do nothing else.',
    url: 'Calendar link',
    inUse: 'The link that {{name}} made on {{since}} works.',
    replace: 'Make a new link',
    replaceQuestion: 'The old link will stop working on all phones. Make a new one?',
    remove: 'Revoke the link',
    removeQuestion: 'Phones that use this link will no longer see the calendar. Revoke it?',
    removed: 'The calendar link is revoked.',
    file: 'Export the schedule (YAML)',
  },
}
