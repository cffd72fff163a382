import { useTranslation } from 'react-i18next';
import { useBoth } from '../../../shared/program/words.ts';
import { PrintButton, PrintSheet } from '../../../shared/print/print-sheet.tsx';
import { dateWords, Facts, Money } from '../../../shared/ui/index.ts';
import type { PersonFile } from '../parts/codes.ts';
import { relationWords } from './add-member.tsx';
import { usePeriodWords } from './source-words.ts';

const AID_LINES = 10;

/** Prints one masked sheet for a meeting. */
export function SummaryButton({ file }: { file: PersonFile }) {
  const { t } = useTranslation('console');
  return <PrintButton label={t('person.print')} sheet={<Summary file={file} />} />;
}

function Summary({ file }: { file: PersonFile }) {
  const { t, i18n } = useTranslation('console');
  const both = useBoth();
  const periodWords = usePeriodWords();
  const none = t('person.printNone');
  const lines = (words: string[]) =>
    words.length === 0 ? none : <span className="pre">{words.join('\n')}</span>;
  const groups = file.groups.map(
    (one) => `${one.words ? both(one.words) : ''} ${periodWords(one)}`,
  );
  const facts = file.facts.flatMap((field) =>
    field.values.flatMap((value) =>
      value.isCurrent && value.words ? [`${both(field.title)}：${both(value.words)}`] : [],
    ),
  );
  const members = file.households.flatMap(({ members: all }) =>
    all.flatMap((one) =>
      one.isSelf || one.until ? [] : [`${one.maskedName} ${relationWords(t, one.relation)}`],
    ),
  );
  const entitled = file.entitlements.flatMap((one) =>
    one.isCandidate ? [`${one.code} ${both(one.name)}：${both(one.reason)}`] : [],
  );
  const last = file.visits.at(-1);
  return (
    <PrintSheet title={t('person.printTitle')} number={file.maskedName}>
      <p>{t('person.printNote')}</p>
      <Facts
        rows={[
          [t('file.gender'), t(`codes.gender.${file.gender}`)],
          [t('codes.sensitive.birth_date'), file.masked.birthDate ?? none],
          [t('person.living'), file.area.name],
          [t('person.groups'), lines(groups)],
          [t('person.households'), lines(members)],
          [t('person.facts'), lines(facts)],
          [t('person.entitled'), lines(entitled)],
          [t('person.aid'), file.aid.length === 0 ? none : <PrintedAid file={file} />],
          [t('file.needs'), lines(file.needs.map((need) => `${need.number} ${need.title}`))],
          [
            t('person.printVisits'),
            last
              ? t('person.printTimes', {
                  count: file.visits.length,
                  last: dateWords(last.visitedAt, i18n.language, false),
                })
              : none,
          ],
          [t('person.printAt'), dateWords(new Date().toISOString(), i18n.language)],
        ]}
      />
    </PrintSheet>
  );
}

function PrintedAid({ file }: { file: PersonFile }) {
  const { i18n } = useTranslation('console');
  const both = useBoth();
  return (
    <ul>
      {file.aid.slice(0, AID_LINES).map((line) => (
        <li key={line.id}>
          {dateWords(line.at, i18n.language, false)} {both(line.title)}{' '}
          {line.amountFen === null ? line.amountWords : <Money fen={line.amountFen} />}
        </li>
      ))}
    </ul>
  );
}
