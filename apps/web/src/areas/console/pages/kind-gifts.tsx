import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages, useRoute } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { Button, Dialog, EmptyState, Loaded, Page } from '../../../shared/ui/index.ts';
import { moneyColumn, wordColumn, stateColumn } from '../parts/columns.tsx';
import { type KindGift, kindGiftTones } from '../parts/goods-codes.ts';
import {
  DeclineForm,
  ReceiveGiftForm,
  RegisterForm,
  ValueForm,
} from '../parts/kind-gift-forms.tsx';
import { ListTable } from '../parts/list-table.tsx';

type Path = RouteOutput<typeof routes.kindGift.path>;
type Act = { act: 'value' | 'receive' | 'decline' | 'path'; gift: KindGift };

/** Gifts in kind: note, value by a paper, take in, see where they went. */
export function KindGiftsPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const [adding, setAdding] = useState(false);
  const [open, setOpen] = useState<Act | null>(null);
  const list = usePages(routes.kindGift.list, { query: { limit: 100 } });
  const close = () => setOpen(null);
  const titles = { value: 'valueTitle', receive: 'receiveTitle', path: 'pathTitle' } as const;
  return (
    <Page
      title={t('kindGifts.title')}
      lead={t('kindGifts.lead')}
      width="wide"
      aside={
        holds(session, 'kind_gift.write') && (
          <Button kind="primary" expanded={adding} onPress={() => setAdding(!adding)}>
            {t('kindGifts.add')}
          </Button>
        )
      }
    >
      {adding && <RegisterForm onDone={() => setAdding(false)} />}
      <ListTable
        label={t('kindGifts.list')}
        list={list}
        columns={useGiftColumns(setOpen)}
        rowKey={(gift) => gift.id}
        empty={[t('kindGifts.emptyTitle'), t('kindGifts.emptyBody')]}
      />
      {open && (
        <Dialog
          wide
          open
          title={
            open.act === 'decline'
              ? t('kindGifts.decline')
              : t(`kindGifts.${titles[open.act]}`, { number: open.gift.number })
          }
          onClose={close}
        >
          {open.act === 'value' && <ValueForm gift={open.gift} onDone={close} />}
          {open.act === 'receive' && <ReceiveGiftForm gift={open.gift} onDone={close} />}
          {open.act === 'decline' && <DeclineForm gift={open.gift} onDone={close} />}
          {open.act === 'path' && <GiftPath giftId={open.gift.id} />}
        </Dialog>
      )}
    </Page>
  );
}

function useGiftColumns(onOpen: (act: Act) => void): Column<KindGift>[] {
  const { t } = useTranslation('console');
  return [
    wordColumn('number', t('kindGifts.number'), (gift) => gift.number),
    stateColumn('state', t('kindGifts.state'), (gift) => [
      t(`kindGifts.states.${gift.state}`),
      kindGiftTones[gift.state],
    ]),
    wordColumn('donor', t('kindGifts.donor'), (gift) => gift.donorName),
    wordColumn('what', t('kindGifts.what'), (gift) =>
      gift.lines
        .map((line) => `${line.title} ${line.received ?? line.quantity} ${line.unit}`)
        .join('、'),
    ),
    moneyColumn('value', t('kindGifts.value'), (gift) => gift.valueFen),
    wordColumn('confirmation', t('kindGifts.confirmation'), (gift) => gift.confirmationNumber),
    {
      key: 'act',
      header: t('goods.act'),
      cell: (gift) => <Acts gift={gift} onOpen={onOpen} />,
    },
  ];
}

function Acts({ gift, onOpen }: { gift: KindGift; onOpen: (act: Act) => void }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const writes = holds(session, 'kind_gift.write');
  const button = (act: Act['act'], words: string) => (
    <Button
      kind={act === 'path' || act === 'decline' ? 'quiet' : 'secondary'}
      label={`${words} ${gift.number}`}
      onPress={() => onOpen({ act, gift })}
    >
      {words}
    </Button>
  );
  return (
    <span className="row">
      {writes && gift.state === 'offered' && button('value', t('kindGifts.valueIt'))}
      {writes && gift.state === 'valued' && button('receive', t('kindGifts.receiveIt'))}
      {writes &&
        (gift.state === 'offered' || gift.state === 'valued') &&
        button('decline', t('kindGifts.decline'))}
      {gift.state === 'received' && button('path', t('kindGifts.path'))}
    </span>
  );
}

function GiftPath({ giftId }: { giftId: string }) {
  const { t } = useTranslation('console');
  const query = useRoute(routes.kindGift.path, { params: { giftId } });
  return (
    <Loaded query={query}>
      {(path: Path) =>
        path.sentences.length === 0 ? (
          <EmptyState title={t('kindGifts.pathNone')} />
        ) : (
          <ol>
            {path.sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ol>
        )
      }
    </Loaded>
  );
}
