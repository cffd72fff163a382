import { formatYuan } from '@wennuan/basics';
import { routes, type RouteOutput } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { DateText, State, type Tone } from '../../../shared/ui/index.ts';
import { useAsOf, wholeNumber } from './words.ts';

type Pot = RouteOutput<typeof routes.matching.ofCampaign>['items'][number];

const tones: Record<Pot['state'], Tone> = {
  coming: 'quiet',
  running: 'accent',
  used_up: 'warned',
  over: 'quiet',
  ended: 'done',
};

/** Enterprises that match gifts to a campaign: the rule, and how full the pot still is. */
export function CampaignMatching({ code }: { code: string }) {
  const { t } = useTranslation('public');
  const query = useRoute(routes.matching.ofCampaign, { params: { code } });
  const pots = query.data?.items ?? [];
  if (pots.length === 0) return null;
  return (
    <section className="stack-tight" aria-labelledby="matching">
      <h2 id="matching">{t('matching.title')}</h2>
      {pots.map((pot) => (
        <PotCard key={pot.id} pot={pot} />
      ))}
      <p className="soft small">{t('matching.apart')}</p>
    </section>
  );
}

function PotCard({ pot }: { pot: Pot }) {
  const { t } = useTranslation('public');
  const asOf = useAsOf();
  return (
    <article className="card pot">
      <div className="row-between">
        <h3>{pot.enterpriseName}</h3>
        <State tone={tones[pot.state]}>{t(`matching.state.${pot.state}`)}</State>
      </div>
      <p>{pot.ruleSentence}</p>
      <PotPicture pot={pot} />
      <p className="soft small">
        <DateText at={pot.fromOn} /> – <DateText at={pot.untilOn} /> ·{' '}
        {t('matching.gifts', { many: wholeNumber(pot.gifts) })} ·{' '}
        {t('matching.agreement', { number: pot.agreementNumber })} · {asOf(pot.asOf)}
      </p>
      {pot.cutByPot > 0 && (
        <p className="small">{t('matching.cut', { many: wholeNumber(pot.cutByPot) })}</p>
      )}
      <p className="small">{pot.remainderSentence}</p>
    </article>
  );
}

const WIDTH = 120;
const HEIGHT = 44;

/** A jar that empties: what is left of the pot, and in words what went where. */
function PotPicture({ pot }: { pot: Pot }) {
  const { t } = useTranslation('public');
  const share = pot.amountFen === 0 ? 0 : Math.min(1, pot.leftFen / pot.amountFen);
  const level = HEIGHT * share;
  const netFen = pot.matchedFen - pot.takenBackFen;
  return (
    <figure className="pot-picture">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + 8}`} aria-hidden="true">
        <rect className="pot-ground" x="2" y="4" width={WIDTH - 4} height={HEIGHT} rx="8" />
        <rect
          className="pot-left"
          x="2"
          y={4 + HEIGHT - level}
          width={WIDTH - 4}
          height={level}
          rx={Math.min(8, level / 2)}
        />
      </svg>
      <figcaption>
        <strong className="number">{t('matching.left', { left: formatYuan(pot.leftFen) })}</strong>
        <span className="soft small">
          {t('matching.of', { amount: formatYuan(pot.amountFen), matched: formatYuan(netFen) })}
          {pot.takenBackFen > 0 && ` ${t('matching.back', { back: formatYuan(pot.takenBackFen) })}`}
        </span>
      </figcaption>
    </figure>
  );
}
