import type { routes, RouteOutput } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ButtonLink, State, type Tone } from '../../../shared/ui/index.ts';
import { Progress } from './progress.tsx';

export type Wish = RouteOutput<typeof routes.need.wall>['items'][number];

const tones: Record<Wish['state'], Tone> = {
  open: 'accent',
  claimed: 'running',
  given: 'running',
  under_way: 'running',
  delivered: 'done',
  closed: 'done',
};

/** Where a wish is on its way, in one word. */
export function WishStateMark({ state }: { state: Wish['state'] }) {
  const { t } = useTranslation('public');
  return <State tone={tones[state]}>{t(`wishState.${state}`)}</State>;
}

/** The community of a wish, with its street. */
export const placeOf = (wish: Pick<Wish, 'area' | 'streetName'>) =>
  wish.area.name === wish.streetName ? wish.area.name : `${wish.streetName} · ${wish.area.name}`;

/** One wish on the wall: what and where, never whom; how far it is; ways to help. */
export function WishCard({ wish, level = 2 }: { wish: Wish; level?: 2 | 3 }) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <li className="card wish-card">
      <p className="wish-place">
        <span className="soft small">{placeOf(wish)}</span>
        <WishStateMark state={wish.state} />
      </p>
      <Heading>
        <Link to="/wishes/$needId" params={{ needId: wish.id }} lang="zh-CN">
          {wish.title}
        </Link>
      </Heading>
      <p className="wish-text" lang="zh-CN">
        {wish.text}
      </p>
      {wish.itemId && wish.targetFen > 0 && (
        <Progress givenFen={wish.givenFen} targetFen={wish.targetFen} />
      )}
      <Ways wish={wish} />
    </li>
  );
}

function Ways({ wish }: { wish: Wish }) {
  const { t } = useTranslation('public');
  if (wish.state !== 'open') return null;
  const { id: needId, title } = wish;
  const money = wish.itemId !== null && wish.ways.includes('money');
  return (
    <div className="wish-ways">
      {money && (
        <ButtonLink
          kind="primary"
          to="/wishes/$needId"
          params={{ needId }}
          hash="give"
          aria-label={t('wish.wayMoneyOf', { title })}
        >
          {t('wish.wayMoney')}
        </ButtonLink>
      )}
      {wish.ways.includes('goods') && (
        <ButtonLink
          to="/wishes/$needId"
          params={{ needId }}
          hash="offer"
          aria-label={t('wish.wayGoodsOf', { title })}
        >
          {t('wish.wayGoods')}
        </ButtonLink>
      )}
      {wish.ways.includes('hours') && (
        <ButtonLink
          to="/wishes/$needId"
          params={{ needId }}
          hash="offer"
          aria-label={t('wish.wayHoursOf', { title })}
        >
          {t('wish.wayHours')}
        </ButtonLink>
      )}
    </div>
  );
}
