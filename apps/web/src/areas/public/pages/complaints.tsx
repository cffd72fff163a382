import { routes, type RouteOutput } from '@wennuan/contract';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { DateText, Figure, Loaded, Page, State } from '../../../shared/ui/index.ts';
import { ComplaintForm } from '../parts/complaint-form.tsx';
import { FollowComplaint } from '../parts/follow-complaint.tsx';
import { useFederation, wholeNumber } from '../parts/words.ts';

type Answered = RouteOutput<typeof routes.complaint.publicComplaints>;

/** Reports and complaints: make one, follow one, read what was answered. */
export function ComplaintsPage() {
  const { t } = useTranslation('public');
  const federation = useFederation();
  const { kind, code } = useSearch({ from: '/public/complaints' });
  const [given, setGiven] = useState<{ number: string; code: string } | null>(null);
  return (
    <Page
      title={t('complaint.title')}
      description={t('complaint.lead', { federation })}
      lead={t('complaint.lead', { federation })}
      width="wide"
    >
      <div className="two-columns">
        <section className="card stack-tight" aria-labelledby="complain">
          <h2 id="complain">{t('complaint.make')}</h2>
          <ComplaintForm
            subject={{ kind: kind ?? 'charity', code: code ?? null }}
            onGiven={setGiven}
          />
        </section>
        <section className="card stack-tight" aria-labelledby="follow">
          <h2 id="follow">{t('complaint.follow')}</h2>
          <FollowComplaint key={given?.number} given={given} />
        </section>
      </div>
      <AnsweredList />
    </Page>
  );
}

function AnsweredList() {
  const { t } = useTranslation('public');
  const query = useRoute(routes.complaint.publicComplaints, { query: { limit: 50 } });
  return (
    <section className="stack-tight" aria-labelledby="answered">
      <h2 id="answered">{t('complaint.answered')}</h2>
      <Loaded query={query}>
        {(list) => (
          <>
            <div className="figures">
              {(['open', 'late', 'answered'] as const).map((of) => (
                <Figure
                  key={of}
                  label={t(`complaint.count.${of}`)}
                  value={wholeNumber(list[of])}
                  unit={t('complaint.unit')}
                />
              ))}
            </div>
            {list.items.length === 0 ? (
              <p className="soft">{t('complaint.answeredNone')}</p>
            ) : (
              <ul className="movements">
                {list.items.map((one) => (
                  <AnsweredOne key={one.number} one={one} />
                ))}
              </ul>
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}

function AnsweredOne({ one }: { one: Answered['items'][number] }) {
  const { t } = useTranslation('public');
  return (
    <li>
      <span className="movement-what">
        <strong>{one.subjectName}</strong>
        <span>{one.answer}</span>
        <span className="soft small">
          {t(`complaint.routes.${one.route}`)} · <span className="number">{one.number}</span> ·{' '}
          <DateText at={one.answeredAt} withTime={false} />
        </span>
      </span>
      {one.act !== 'none' && <State tone="warned">{t(`complaint.acts.${one.act}`)}</State>}
    </li>
  );
}
