import { routes, type RouteOutput } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { SessionGate } from '../../../shared/session/session-gate.tsx';
import {
  Listed,
  ButtonLink,
  Card,
  DateText,
  EmptyState,
  Money,
  Page,
  State,
  type Tone,
} from '../../../shared/ui/index.ts';
import { GiftPapersLinks, GiftPathBar } from '../parts/gift-path.tsx';

type Gift = RouteOutput<typeof routes.donation.myGifts>['items'][number];

const tones: Record<Gift['state'], Tone> = {
  waiting: 'warned',
  received: 'done',
  unknown: 'warned',
  failed: 'late',
};

/** One's own gifts, each with the way to its trace. */
export function GiftsPage() {
  return <SessionGate signIn="/my/sign-in">{() => <OwnGifts />}</SessionGate>;
}

function OwnGifts() {
  const { t } = useTranslation('resident');
  const list = usePages(routes.donation.myGifts, { query: { limit: 20 } });
  const paths = usePages(routes.receipt.giftPaths, { query: { limit: 20 } });
  const pathOf = new Map(paths.items.map((path) => [path.giftId, path]));
  const more = () => {
    list.more();
    paths.more();
  };
  return (
    <Page title={t('gifts.title')} lead={<p>{t('gifts.lead')}</p>}>
      <p className="row">
        <ButtonLink to="/my/monthly">{t('monthly.title')}</ButtonLink>
        <ButtonLink to="/my/pledges">{t('pledges.title')}</ButtonLink>
      </p>
      {list.items.length > 0 && <GiftPapersLinks />}
      <Listed
        list={{ ...list, more }}
        empty={
          <EmptyState title={t('gifts.none')}>
            <ButtonLink kind="primary" to="/wall">
              {t('gifts.noneDo')}
            </ButtonLink>
          </EmptyState>
        }
      >
        {(items) =>
          items.map((gift) => (
            <Card key={gift.id} as="article">
              <div className="row-between">
                <h2>
                  <Money fen={gift.amountFen} />
                </h2>
                <State tone={tones[gift.state]}>{t(`gifts.state.${gift.state}`)}</State>
              </div>
              <p>{gift.targetLabel}</p>
              <p className="soft small">
                <DateText at={gift.at} /> · {gift.number} ·{' '}
                {t('gifts.as', { name: gift.displayName })}
              </p>
              {pathOf.has(gift.id) && <GiftPathBar path={pathOf.get(gift.id)!} />}
              {gift.token && (
                <p>
                  <Link to="/gifts/$token" params={{ token: gift.token }}>
                    {t('gifts.see')}
                  </Link>
                </p>
              )}
            </Card>
          ))
        }
      </Listed>
    </Page>
  );
}
