import type { RouteOutput, routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { Money, type Tone } from '../../../shared/ui/index.ts';
import './groups.css';

export type GroupCard = RouteOutput<typeof routes.groupBuy.open>['items'][number];
export type OwnShare = RouteOutput<typeof routes.groupBuy.mine>['items'][number];

export const groupTones: Record<GroupCard['state'], Tone> = {
  open: 'accent',
  reached: 'done',
  ordered: 'running',
  arrived: 'accent',
  done: 'quiet',
  failed: 'quiet',
};
export const shareTones: Record<OwnShare['state'], Tone> = {
  waiting: 'running',
  held: 'accent',
  paid: 'done',
  chased: 'late',
  sold_out: 'quiet',
  lapsed: 'quiet',
  returning: 'running',
  returned: 'quiet',
  picked_up: 'done',
};

/** How far a group is, as a bar with the mark from which it happens, and in words. */
export function GroupProgress({ group }: { group: GroupCard }) {
  const { t } = useTranslation('groups');
  const { paidPieces: paid, heldPieces: held, limitPieces: limit, minimumPieces, unit } = group;
  const part = (pieces: number) => `${Math.min(100, (pieces / limit) * 100)}%`;
  const words = t('progress', { paid, limit, unit });
  const missing = minimumPieces - paid;
  return (
    <div className="group-progress">
      <svg className="group-bar" role="img" aria-label={words}>
        <rect className="group-bar-all" width="100%" height="100%" rx="9" />
        <rect className="group-bar-held" width={part(paid + held)} height="100%" rx="9" />
        <rect className="group-bar-paid" width={part(paid)} height="100%" rx="9" />
        <line
          className="group-bar-mark"
          x1={part(minimumPieces)}
          x2={part(minimumPieces)}
          y1="0"
          y2="100%"
        />
      </svg>
      <p className="row-between">
        <span>{words}</span>
        {group.state === 'open' && (
          <strong>{missing > 0 ? t('toGo', { count: missing, unit }) : t('reachedSoFar')}</strong>
        )}
      </p>
    </div>
  );
}

/** The prices as stairs: each step a tile, the one that holds now raised. */
export function PriceSteps({ group }: { group: GroupCard }) {
  const { t } = useTranslation('groups');
  return (
    <section aria-labelledby="group-steps" className="stack-tight">
      <h2 id="group-steps">{t('steps')}</h2>
      <ol className="group-steps">
        {group.steps.map((step, at) => {
          const isNow = step.priceFen === group.priceFen;
          return (
            <li key={step.fromPieces} className="group-step" data-now={isNow || undefined}>
              <strong>
                <Money fen={step.priceFen} />
              </strong>
              <span>
                {t(at === 0 ? 'stepFirst' : 'step', { count: step.fromPieces, unit: group.unit })}
              </span>
              {isNow && <span className="group-step-now">{t('now')}</span>}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
