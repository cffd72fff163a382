import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog, monthWords, RefusalNotice, say } from '../../../shared/ui/index.ts';
import { useSend } from '../parts/send.ts';

type Overview = RouteOutput<typeof routes.book.overview>;

/** Closes a month: what stands before it, and a second question, because it cannot be undone. */
export function CloseMonth({ overview }: { overview: Overview }) {
  const { t, i18n } = useTranslation('console');
  const { t: shared } = useTranslation();
  const [asking, setAsking] = useState(false);
  const close = useSend(routes.book.closeMonth);
  const { month: closing } = overview.month;
  const month = monthWords(closing, i18n.language);
  const hard = overview.before.filter(
    (one) => one === 'month_not_over' || one === 'earlier_month_open' || one === 'books_differ',
  );
  return (
    <section className="panel" aria-label={t('books.month.close')}>
      <h2>{t('books.month.close')}</h2>
      <p className="soft">{t('books.month.closeLead')}</p>
      {overview.before.length > 0 && (
        <ul>
          {overview.before.map((one) => (
            <li key={one}>{t(`books.month.before.${one}`)}</li>
          ))}
        </ul>
      )}
      {close.refusal && <RefusalNotice refusal={close.refusal} />}
      <Button
        kind="primary"
        busy={close.busy}
        refusedBecause={hard[0] && t(`books.month.before.${hard[0]}`)}
        onPress={() => setAsking(true)}
      >
        {t('books.month.closeSend', { month })}
      </Button>
      <Dialog
        title={t('books.month.closeSend', { month })}
        open={asking}
        onClose={() => setAsking(false)}
      >
        <p>{t('books.month.closeAsk', { month })}</p>
        <div className="form-actions">
          <Button
            kind="primary"
            busy={close.busy}
            onPress={() => {
              setAsking(false);
              close.run({ params: { month: closing } }, () =>
                say(t('books.month.closedDone', { month })),
              );
            }}
          >
            {t('books.month.close')}
          </Button>
          <Button onPress={() => setAsking(false)}>{shared('cancel')}</Button>
        </div>
      </Dialog>
    </section>
  );
}
