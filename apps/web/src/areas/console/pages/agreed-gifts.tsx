import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../shared/api/client.ts';
import { usePages } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { Button, Page } from '../../../shared/ui/index.ts';
import { AgreedForm } from '../books/agreed-form.tsx';
import { dateColumn, drawnColumn, moneyColumn, wordColumn } from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';

type AgreedGift = RouteOutput<typeof routes.book.agreedGifts>['items'][number];

/** What organisations gave by agreement over the bank. */
export function AgreedGiftsPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const [adding, setAdding] = useState(false);
  const gifts = usePages(routes.book.agreedGifts, { query: { limit: 100 } });
  return (
    <Page
      title={t('books.agreed.title')}
      lead={t('books.agreed.lead')}
      width="wide"
      aside={
        holds(session, 'agreed_gift.write') && (
          <Button kind="primary" expanded={adding} onPress={() => setAdding(!adding)}>
            {t('books.agreed.add')}
          </Button>
        )
      }
    >
      {adding && <AgreedForm onDone={() => setAdding(false)} />}
      <ListTable
        label={t('books.agreed.list')}
        list={gifts}
        columns={useGiftColumns()}
        rowKey={(gift) => gift.giftId}
        empty={[t('books.agreed.emptyTitle'), t('books.agreed.emptyBody')]}
      />
    </Page>
  );
}

function useGiftColumns(): Column<AgreedGift>[] {
  const { t } = useTranslation('console');
  return [
    wordColumn('number', t('books.agreed.number'), (gift) => gift.number),
    wordColumn('organization', t('books.agreed.organization'), (gift) => gift.organization),
    wordColumn('fund', t('books.agreed.fund'), (gift) => gift.fund),
    moneyColumn('amount', t('books.agreed.amount'), (gift) => gift.amountFen),
    dateColumn('paidOn', t('books.agreed.paidOn'), (gift) => gift.paidOn),
    dateColumn('bookedOn', t('books.agreed.bookedOn'), (gift) =>
      gift.bookedOn === gift.paidOn ? null : gift.bookedOn,
    ),
    wordColumn('reference', t('books.agreed.reference'), (gift) => gift.bankReference),
    drawnColumn('pictures', t('books.agreed.pictures'), {
      words: () => null,
      draw: (gift) => (
        <span className="row">
          {gift.pictures.map((attachmentId, place) => (
            <a
              key={attachmentId}
              href={addressOf(routes.attachment.read, { params: { attachmentId } })}
              aria-label={t('books.agreed.picture', { number: gift.number, place: place + 1 })}
            >
              {place + 1}
            </a>
          ))}
        </span>
      ),
    }),
  ];
}
