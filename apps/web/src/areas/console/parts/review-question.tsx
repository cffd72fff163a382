import { useTranslation } from 'react-i18next';
import { evidenceText } from './review-evidence.ts';
import {
  markDifferences,
  type Piece,
  type Question,
  rowFields,
  strengthOf,
} from './review-rows.ts';

/** Both rows side by side, what differs marked, and what speaks for and against. */
export function ReviewQuestion({ question }: { question: Question }) {
  const { t } = useTranslation('console');
  const { a, b } = question;
  return (
    <>
      <table className="review-rows">
        <thead>
          <tr>
            <td />
            <th scope="col">{t('review.rowA')}</th>
            <th scope="col">{t('review.rowB')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('review.fieldRoster')}</th>
            <td>{[a.departmentName, a.rosterName].filter(Boolean).join(' · ')}</td>
            <td>{[b.departmentName, b.rosterName].filter(Boolean).join(' · ')}</td>
          </tr>
          {rowFields
            .filter((field) => a[field] !== '' || b[field] !== '')
            .map((field) => {
              const [left, right] = markDifferences(a[field], b[field]);
              return (
                <tr key={field}>
                  <th scope="row">{t(`review.fields.${field}`)}</th>
                  <Cell pieces={left} isAlone={b[field] === ''} />
                  <Cell pieces={right} isAlone={a[field] === ''} />
                </tr>
              );
            })}
        </tbody>
      </table>
      <div className="review-evidence">
        <Evidence question={question} side="for" />
        <Evidence question={question} side="against" />
      </div>
    </>
  );
}

/** A cell; where the other side says nothing there is nothing to compare and nothing is marked. */
function Cell({ pieces, isAlone }: { pieces: readonly Piece[]; isAlone: boolean }) {
  const { t } = useTranslation('console');
  if (pieces.length === 0) return <td className="soft">{t('review.blank')}</td>;
  return (
    <td>
      {pieces.map(({ text, differs }, place) =>
        differs && !isAlone ? <mark key={place}>{text}</mark> : <span key={place}>{text}</span>,
      )}
    </td>
  );
}

function Evidence({ question, side }: { question: Question; side: 'for' | 'against' }) {
  const { t } = useTranslation('console');
  const isFor = side === 'for';
  const pieces = question.evidence
    .filter(({ bits }) => (isFor ? bits >= 0.5 : bits <= -0.5))
    .toSorted((left, right) => Math.abs(right.bits) - Math.abs(left.bits));
  return (
    <section>
      <h3>{isFor ? t('review.forIt') : t('review.againstIt')}</h3>
      <ul>
        {pieces.map((piece) => (
          <li key={piece.field}>
            <meter
              min={0}
              max={20}
              value={Math.min(20, Math.abs(piece.bits))}
              aria-hidden="true"
              data-side={side}
            />
            {evidenceText(t, piece)}{' '}
            <span className="soft">{t(`review.${strengthOf(piece.bits)}`)}</span>
          </li>
        ))}
        {pieces.length === 0 && <li className="soft">—</li>}
      </ul>
    </section>
  );
}
