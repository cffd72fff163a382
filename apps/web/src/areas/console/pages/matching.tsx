import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { Button, Dialog, Page, type Tone } from '../../../shared/ui/index.ts';
import { PotForm } from '../campaign/pot-form.tsx';
import {
  dateColumn,
  drawnColumn,
  moneyColumn,
  wordColumn,
  stateColumn,
} from '../parts/columns.tsx';
import { ListTable } from '../parts/list-table.tsx';

type Pot = RouteOutput<typeof routes.matching.pots>['items'][number];
type Match = RouteOutput<typeof routes.matching.matches>['items'][number];
const tones: Record<Pot['state'], Tone> = {
  coming: 'quiet',
  running: 'accent',
  used_up: 'warned',
  over: 'warned',
  ended: 'done',
};

/** Matching pots of enterprises: what was agreed, what was added, what is left. */
export function MatchingPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const [adding, setAdding] = useState(false);
  const [shown, setShown] = useState<Pot | null>(null);
  const pots = usePages(routes.matching.pots, {});
  return (
    <Page
      title={t('matching.title')}
      lead={t('matching.lead')}
      width="wide"
      aside={
        holds(session, 'agreed_gift.write') && (
          <Button kind="primary" expanded={adding} onPress={() => setAdding(!adding)}>
            {t('matching.add')}
          </Button>
        )
      }
    >
      {adding && <PotForm onDone={() => setAdding(false)} />}
      <ListTable
        label={t('matching.list')}
        list={pots}
        columns={usePotColumns(setShown)}
        rowKey={(pot) => pot.id}
        empty={[t('matching.emptyTitle'), t('matching.emptyBody')]}
      />
      {shown && <Matches pot={shown} onClose={() => setShown(null)} />}
    </Page>
  );
}

function usePotColumns(onShow: (pot: Pot) => void): Column<Pot>[] {
  const { t } = useTranslation('console');
  return [
    wordColumn('code', t('matching.code'), (pot) => pot.code),
    wordColumn('enterprise', t('matching.enterprise'), (pot) => pot.enterpriseName),
    drawnColumn('campaign', t('matching.campaign'), {
      words: (pot) => pot.campaignName,
      draw: (pot) => (
        <Link to="/campaigns/$code" params={{ code: pot.campaignCode }}>
          {pot.campaignName}
        </Link>
      ),
    }),
    stateColumn('state', t('matching.state'), (pot) => [
      t(`matching.states.${pot.state}`),
      tones[pot.state],
    ]),
    wordColumn('caps', t('matching.caps'), (pot) =>
      [
        t('matching.ratioOf', { added: pot.ratioPercent / 100 }),
        formatYuan(pot.capPerGiftFen),
        formatYuan(pot.capPerPayerFen),
      ].join(' · '),
    ),
    moneyColumn('amount', t('matching.amount'), (pot) => pot.amountFen),
    moneyColumn('matched', t('matching.matched'), (pot) => pot.matchedFen),
    moneyColumn('back', t('matching.back'), (pot) => pot.takenBackFen),
    moneyColumn('left', t('matching.left'), (pot) => pot.leftFen),
    dateColumn('until', t('matching.untilOn'), (pot) => pot.untilOn),
    {
      key: 'matches',
      header: t('matching.matches'),
      cell: (pot: Pot) => (
        <Button
          label={t('matching.seeOf', { count: pot.gifts, code: pot.code })}
          onPress={() => onShow(pot)}
        >
          {t('matching.see', { count: pot.gifts })}
        </Button>
      ),
    },
  ];
}

function Matches({ pot, onClose }: { pot: Pot; onClose: () => void }) {
  const { t } = useTranslation('console');
  const list = usePages(routes.matching.matches, {
    params: { potId: pot.id },
    query: { limit: 50 },
  });
  const columns: Column<Match>[] = [
    wordColumn('gift', t('matching.gift'), (one) => one.giftNumber),
    moneyColumn('given', t('matching.given'), (one) => one.giftFen),
    moneyColumn('added', t('matching.added'), (one) => one.matchFen),
    wordColumn('cut', t('matching.cut'), (one) => one.cutBy && t(`matching.cuts.${one.cutBy}`)),
    moneyColumn('back', t('matching.back'), (one) => one.takenBackFen),
    dateColumn('at', t('matching.at'), (one) => one.at),
  ];
  return (
    <Dialog title={t('matching.matchesOf', { code: pot.code })} open wide onClose={onClose}>
      <ListTable
        label={t('matching.matches')}
        list={list}
        columns={columns}
        rowKey={(one) => one.giftNumber}
        empty={[t('matching.noMatches'), t('matching.noMatchesBody')]}
      />
    </Dialog>
  );
}
