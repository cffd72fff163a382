import { routes, type RouteOutput } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { DateText, State, type Tone } from '../../../shared/ui/index.ts';
import { PathLink } from './path-link.tsx';

type Calendar = RouteOutput<typeof routes.disclosure.publicDuties>;
export type Duty = Calendar['items'][number];

const dutyTones: Record<Duty['state'], Tone> = {
  upcoming: 'quiet',
  due: 'running',
  overdue: 'late',
  done: 'done',
  done_late: 'warned',
  void: 'quiet',
};

/** Duties as a table: what, about what, until when, and how it stands. */
export function DutyTable({ duties, label }: { duties: readonly Duty[]; label: string }) {
  const { t } = useTranslation('public');
  const words = useStateWords();
  return (
    <div className="table-scroll" role="region" aria-label={label} tabIndex={0}>
      <table className="table-plain table-stacks">
        <caption className="visually-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{t('duty.what')}</th>
            <th scope="col">{t('duty.subject')}</th>
            <th scope="col">{t('duty.due')}</th>
            <th scope="col">{t('duty.state')}</th>
          </tr>
        </thead>
        <tbody>
          {duties.map((duty) => (
            <tr key={duty.id}>
              <th scope="row">
                {duty.disclosureNumber ? (
                  <Link to="/disclosures/$number" params={{ number: duty.disclosureNumber }}>
                    {duty.title}
                  </Link>
                ) : (
                  duty.title
                )}
              </th>
              <td data-label={t('duty.subject')}>
                {duty.subject.link ? (
                  <PathLink to={duty.subject.link}>{duty.subject.name}</PathLink>
                ) : (
                  duty.subject.name
                )}
              </td>
              <td data-label={t('duty.due')}>
                <DateText at={duty.dueOn} />
              </td>
              <td>
                <State tone={dutyTones[duty.state]}>{t(`duty.states.${duty.state}`)}</State>
                <span className="soft small"> {words(duty)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How many days are left or past, or why it does not apply. */
function useStateWords() {
  const { t } = useTranslation('public');
  return ({ daysLeft, reason }: Duty) => {
    if (reason) return reason;
    if (daysLeft === null) return '';
    return daysLeft < 0 ? t('duty.late', { days: -daysLeft }) : t('duty.left', { days: daysLeft });
  };
}

/** What was disclosed about one campaign or fund and what is due; nothing while there is neither. */
export function SubjectDisclosures({ code }: { code: string }) {
  const { t } = useTranslation('public');
  const { data: calendar } = useRoute(routes.disclosure.publicDuties, {
    query: { subject: code },
  });
  if (!calendar || calendar.items.length === 0) return null;
  return (
    <section className="stack-tight" aria-labelledby="disclosures">
      <h2 id="disclosures">{t('duty.ofSubject')}</h2>
      <DutyTable duties={calendar.items} label={t('duty.ofSubject')} />
    </section>
  );
}
