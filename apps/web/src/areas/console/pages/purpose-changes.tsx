import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import { Listed, Button, EmptyState, Facts, Money, Page, State } from '../../../shared/ui/index.ts';
import { Agree, AgreeSteps } from '../books/agree.tsx';
import { ChangeForm } from '../books/change-form.tsx';
import { agreedTones } from '../books/tones.ts';
import { useInstant } from '../books/words.ts';

type Change = RouteOutput<typeof routes.payout.purposeChanges>['items'][number];

/** Money that moves to another purpose, with the consent or filing it rests on. */
export function PurposeChangesPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const [adding, setAdding] = useState(false);
  const changes = usePages(routes.payout.purposeChanges, { query: { limit: 50 } });
  return (
    <Page
      title={t('books.changes.title')}
      lead={t('books.changes.lead')}
      aside={
        holds(session, 'refund.write') && (
          <Button kind="primary" expanded={adding} onPress={() => setAdding(!adding)}>
            {t('books.changes.propose')}
          </Button>
        )
      }
    >
      {adding && <ChangeForm onDone={() => setAdding(false)} />}
      <Listed
        list={changes}
        lines={4}
        empty={
          <EmptyState title={t('books.changes.emptyTitle')}>
            <p>{t('books.changes.emptyBody')}</p>
          </EmptyState>
        }
      >
        {(items) => items.map((one) => <ChangeCard key={one.id} one={one} />)}
      </Listed>
    </Page>
  );
}

function ChangeCard({ one }: { one: Change }) {
  const { t } = useTranslation('console');
  const at = useInstant();
  return (
    <section className="panel" aria-label={one.number}>
      <h2 className="row">
        {one.number}
        <State tone={agreedTones[one.state]}>{t(`books.changes.states.${one.state}`)}</State>
      </h2>
      <Facts
        rows={[
          [t('books.changes.from'), one.fromLabel],
          [t('books.changes.to'), one.toLabel],
          [t('books.changes.amount'), <Money fen={one.amountFen} />],
          ...(one.giftNumber ? [[t('books.changes.gift'), one.giftNumber] as const] : []),
          [t(`books.changes.bases.${one.basis}`), `${one.basisText} · ${at(one.basisOn)}`],
          [t('books.changes.reason'), <span className="pre">{one.reason}</span>],
          [t('books.agree.steps'), <AgreeSteps of={one} />],
        ]}
      />
      <Agree of={one} name={one.number} what="decidePurposeChange" />
    </section>
  );
}
