import { formatYuan } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { SessionGate } from '../../../shared/session/session-gate.tsx';
import {
  ButtonLink,
  Card,
  DateText,
  dateWords,
  EmptyState,
  Facts,
  Loaded,
  monthWords,
  Page,
  State,
  type Tone,
} from '../../../shared/ui/index.ts';
import { AidActs, type OwnAward, type OwnPart, PartAnswer } from '../parts/aid-acts.tsx';

const tones: Partial<Record<OwnAward['state'], Tone>> = {
  granted: 'done',
  paid_elsewhere: 'done',
  finished: 'done',
  refused: 'quiet',
  declined: 'quiet',
  stopped: 'quiet',
  moved: 'quiet',
  died: 'quiet',
};
const PARTS_SHOWN = 3;

/** What I get, when it came, when next, from which clause. */
export function AidPage() {
  return <SessionGate signIn="/my/sign-in">{() => <OwnAid />}</SessionGate>;
}

function OwnAid() {
  const { t } = useTranslation('resident');
  const query = useRoute(routes.award.mine);
  return (
    <Page title={t('aid.title')} lead={<p>{t('aid.lead')}</p>}>
      <Loaded query={query}>
        {({ items, bound }) => (
          <>
            {items.length === 0 && (
              <EmptyState title={t(bound ? 'aid.none' : 'aid.unbound')}>
                <p>{t(bound ? 'aid.noneBody' : 'aid.unboundBody')}</p>
              </EmptyState>
            )}
            {items.map((award) => (
              <AwardCard key={award.id} award={award} />
            ))}
          </>
        )}
      </Loaded>
      <Cards />
      <p>
        <ButtonLink to="/my/entitlements">{t('aid.also')}</ButtonLink>
      </p>
      <p className="soft">{t('aid.noCodes')}</p>
    </Page>
  );
}

/** Amounts in words: yuan, hours, times. */
export function useOwnAmount() {
  const { t } = useTranslation('resident');
  return (amount: number, unit: OwnPart['unit']) => {
    if (unit === 'fen') return formatYuan(amount);
    if (unit === 'times') return t('aid.times', { count: amount });
    return amount % 60 === 0
      ? t('aid.hours', { count: amount / 60 })
      : t('aid.minutes', { count: amount });
  };
}

/** When it comes next: a day of ours, or the period in which a department pays by its own list. */
function useNextWords() {
  const { t, i18n } = useTranslation('resident');
  return ({ nextOn, programme }: OwnAward) => {
    if (!nextOn) return t('aid.nextNone');
    if (programme.source === 'charity') return dateWords(nextOn, i18n.language, false);
    const period = nextOn.slice(0, programme.cadence === 'yearly' ? 4 : 7);
    return t('aid.nextElsewhere', { period: monthWords(period, i18n.language) });
  };
}

function AwardCard({ award }: { award: OwnAward }) {
  const { t, i18n } = useTranslation('resident');
  const amount = useOwnAmount();
  const nextWords = useNextWords();
  const { programme } = award;
  const runs = award.state === 'granted' || award.state === 'paid_elsewhere';
  const day = (on: string) => dateWords(on, i18n.language, false);
  return (
    <Card as="article">
      <div className="row-between">
        <h2>{programme.name}</h2>
        <State tone={tones[award.state] ?? 'running'}>{t(`aid.state.${award.state}`)}</State>
      </div>
      <Facts
        rows={[
          [
            t('aid.gets'),
            award.amount > 0
              ? `${amount(award.amount, programme.unit)} · ${t(`aid.cadence.${programme.cadence}`)}`
              : programme.what,
          ],
          ...(runs ? [[t('aid.next'), nextWords(award)] as const] : []),
          [t('aid.clause'), programme.clause],
          ...(award.reason ? [[t('aid.reason'), award.reason] as const] : []),
        ]}
      />
      {award.reason && <p className="soft">{t('aid.decidedBy', { name: award.decidedBy })}</p>}
      <Parts parts={award.periods} />
      {runs && award.reviewOn && (
        <p className="soft small">{t('aid.review', { date: day(award.reviewOn) })}</p>
      )}
      {award.appeal && (
        <p>
          <strong>
            {t(
              award.appeal.state === 'open'
                ? 'aid.appealOpen'
                : award.appeal.state === 'upheld'
                  ? 'aid.appealUpheld'
                  : 'aid.appealOverturned',
            )}
          </strong>{' '}
          {award.appeal.answer}
        </p>
      )}
      <AidActs award={award} />
      <p className="soft small">
        {t('aid.number')} {award.number}
      </p>
    </Card>
  );
}

function Parts({ parts }: { parts: readonly OwnPart[] }) {
  const { t, i18n } = useTranslation('resident');
  const amount = useOwnAmount();
  if (parts.length === 0) return null;
  const row = (part: OwnPart) => (
    <li key={part.id} className="aid-part">
      <div className="row-between">
        <span>
          <strong>
            {part.period === 'once' ? t('aid.once') : monthWords(part.period, i18n.language)}
          </strong>{' '}
          {amount(part.amount, part.unit)}{' '}
          {part.deliveredOn && <DateText at={part.deliveredOn} withTime={false} />}
        </span>
        <State tone={part.state === 'confirmed' ? 'done' : 'running'}>
          {t(`aid.partState.${part.state}`)}
        </State>
      </div>
      {part.state === 'delivered' && <PartAnswer part={part} />}
    </li>
  );
  return (
    <>
      <h3>{t('aid.parts')}</h3>
      <ul className="stack-tight">{parts.slice(0, PARTS_SHOWN).map(row)}</ul>
      {parts.length > PARTS_SHOWN && (
        <details>
          <summary>{t('aid.came')}</summary>
          <ul className="stack-tight">{parts.slice(PARTS_SHOWN).map(row)}</ul>
        </details>
      )}
    </>
  );
}

function Cards() {
  const { t, i18n } = useTranslation('resident');
  const amount = useOwnAmount();
  const query = useRoute(routes.benefit.mine);
  const items = query.data?.items ?? [];
  if (items.length === 0) return null;
  const unit = (one: (typeof items)[number]) => (one.unit === 'fen' ? 'fen' : 'minutes');
  return (
    <section className="stack-tight" aria-labelledby="cards">
      <h2 id="cards">{t('aid.cards')}</h2>
      {items.map((one) => (
        <Card key={one.id} as="article">
          <div className="row-between">
            <h3>{one.label}</h3>
            <State tone={one.state === 'issued' ? 'done' : 'quiet'}>
              {t(`aid.cardState.${one.state}`)}
            </State>
          </div>
          <p>
            <strong>{t('aid.cardLeft', { left: amount(one.left, unit(one)) })}</strong> ·{' '}
            {t('aid.cardUntil', { date: dateWords(one.expiresOn, i18n.language, false) })}
          </p>
          <p className="soft small number">{one.number}</p>
          {one.unit === 'fen' && (
            <ButtonLink
              kind={one.state === 'issued' ? 'primary' : 'secondary'}
              to="/my/vouchers/$entitlementId"
              params={{ entitlementId: one.id }}
            >
              {t(one.state === 'issued' ? 'vouchers.open' : 'vouchers.bought')}
            </ButtonLink>
          )}
        </Card>
      ))}
    </section>
  );
}
