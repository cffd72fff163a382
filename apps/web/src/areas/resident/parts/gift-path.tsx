import { formatYuan } from '@wennuan/basics';
import { routes, type RouteOutput } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../shared/api/client.ts';
import { ButtonAnchor, ButtonLink } from '../../../shared/ui/index.ts';

type GiftPath = RouteOutput<typeof routes.receipt.giftPaths>['items'][number];

const WIDTH = 100;

interface Parts {
  amountFen: number;
  usedFen: number;
  waitingFen: number;
}

/** How much of a sum was used and how much waits: a bar that says so in words too. */
export function UsedBar({ amountFen, usedFen, waitingFen }: Parts) {
  const { t } = useTranslation('resident');
  const used = amountFen === 0 ? 0 : (usedFen / amountFen) * WIDTH;
  return (
    <figure className="used-bar">
      <svg viewBox={`0 0 ${WIDTH} 6`} preserveAspectRatio="none" aria-hidden="true">
        <rect className="bar-ground" width={WIDTH} height="6" />
        <rect className="bar-value" data-tone="done" width={used} height="6" />
      </svg>
      <figcaption className="small">
        {t('gifts.used', { used: formatYuan(usedFen), waiting: formatYuan(waitingFen) })}
      </figcaption>
    </figure>
  );
}

/** Where one gift stands: the bar, the last that happened, and when it may be its turn. */
export function GiftPathBar({ path }: { path: GiftPath }) {
  const { t } = useTranslation('resident');
  const { beforeFen, paceFenPerDay } = path;
  const days =
    beforeFen && paceFenPerDay ? Math.max(1, Math.ceil(beforeFen / paceFenPerDay)) : null;
  return (
    <>
      <UsedBar {...path} />
      {path.sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {days !== null && days <= 365 && <p className="soft">{t('gifts.pace', { days })}</p>}
    </>
  );
}

/** The year's statement, and one's records as a table. */
export function GiftPapersLinks() {
  const { t } = useTranslation('resident');
  return (
    <p className="row">
      <ButtonLink to="/my/gifts/year">{t('gifts.year')}</ButtonLink>
      <ButtonAnchor kind="quiet" href={addressOf(routes.receipt.records)}>
        {t('gifts.records')}
      </ButtonAnchor>
    </p>
  );
}
