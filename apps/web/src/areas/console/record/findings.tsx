import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DateText, Facts, Money, Notice, State } from '../../../shared/ui/index.ts';
import { type NeedView, stateTones } from '../parts/codes.ts';
import { useMatchWords } from './match-words.ts';

type Verification = NeedView['verifications'][number];

/** The verification records, newest first. */
export function Verifications({ need }: { need: NeedView }) {
  const { t } = useTranslation('console');
  return need.verifications.map((record) => (
    <section key={record.visitedAt} className="panel">
      <h2>{t('need.record.verification')}</h2>
      <VerificationFacts record={record} />
    </section>
  ));
}

function VerificationFacts({ record }: { record: Verification }) {
  const { t } = useTranslation('console');
  const tones = { true: 'done', partly: 'warned', not_true: 'late' } as const;
  return (
    <>
      <Facts
        rows={[
          [
            t('need.record.finding'),
            <State tone={tones[record.finding]}>{t(`codes.finding.${record.finding}`)}</State>,
          ],
          [
            t('need.record.visited'),
            <>
              <DateText at={record.visitedAt} /> · {record.byName}
            </>,
          ],
          [t('need.record.place'), record.place],
          [t('need.record.seen'), <span className="pre">{record.seen}</span>],
          ...(record.priceFen === null
            ? []
            : [
                [
                  t('need.record.price'),
                  <>
                    <Money fen={record.priceFen} /> {record.priceSource}
                  </>,
                ] as const,
              ]),
          ...(record.secondSource
            ? [[t('need.record.secondSource'), record.secondSource] as const]
            : []),
          [t('need.record.validUntil'), <DateText at={record.validUntil} />],
          ...(record.publicText
            ? [
                [
                  t('need.record.publicText'),
                  <>
                    <strong>{record.publicTitle}</strong> {record.publicText}
                  </>,
                ] as const,
              ]
            : []),
        ]}
      />
      {record.statutory.length > 0 && (
        <>
          <h3>{t('need.record.statutory')}</h3>
          <ul className="list">
            {record.statutory.map((line) => (
              <li key={line.aid}>
                <span>
                  {t(`codes.aid.${line.aid}`)} <span className="soft">{line.note}</span>
                </span>
                <strong>{t(`codes.aidResult.${line.result}`)}</strong>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** Matters that may be the same, beside the one that is open. */
export function Duplicates({ need }: { need: NeedView }) {
  const { t } = useTranslation('console');
  if (need.possibleDuplicates.length === 0) return null;
  return (
    <Notice tone="warned" title={t('need.record.duplicates')}>
      <p>{t('need.record.duplicatesNote')}</p>
      <ul className="list">
        {need.possibleDuplicates.map((other) => (
          <li key={other.id}>
            <span>
              <Link to="/desk/needs/$needId" params={{ needId: other.id }}>
                <span className="number">{other.number}</span> {other.title}
              </Link>{' '}
              <DateText at={other.filedAt} withTime={false} />
            </span>
            <State tone={stateTones[other.state]}>{t(`codes.state.${other.state}`)}</State>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** What meets the need: campaign item, offers, proposals, referrals. */
export function Matches({ need }: { need: NeedView }) {
  const { t } = useTranslation('console');
  const words = useMatchWords();
  return (
    <section className="panel">
      <h2>{t('need.record.matches')}</h2>
      {need.matches.length === 0 && <p className="soft">{t('need.record.matchesEmpty')}</p>}
      <ul className="list">
        {need.matches.map((match) => (
          <li key={match.id}>
            <span>
              <span className="soft">{t(`codes.match.${match.kind}`)}</span>{' '}
              {match.kind === 'proposal' ? (
                <Link to="/desk/proposals/$proposalId" params={{ proposalId: match.id }}>
                  {match.label}
                </Link>
              ) : match.kind === 'item' ? (
                <Link to="/wishes/$needId" params={{ needId: need.id }}>
                  {match.label}
                </Link>
              ) : (
                words.labelOf(match)
              )}
            </span>
            <span>
              {match.amountFen !== null && <Money fen={match.amountFen} />} {words.stateOf(match)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
