import { useTranslation } from 'react-i18next';
import { dateWords, Facts } from '../ui/index.ts';
import { type ProgramCard, useBoth } from './words.ts';

/** Standard, steps and rules of a programme in plain words: what a recipient must be told (Charity Law 81). */
export function ProgramFacts({ card }: { card: ProgramCard }) {
  const { t, i18n } = useTranslation();
  const both = useBoth();
  const day = (date: string) => dateWords(date, i18n.language, false);
  const until = card.validUntil;
  const steps = card.source === 'charity' ? 'charity' : 'department';
  return (
    <Facts
      rows={[
        [t('program.what'), both(card.what)],
        [
          t('program.who'),
          card.unit === 'household'
            ? t('program.onceHousehold', { who: both(card.who) })
            : both(card.who),
        ],
        [t('program.cadence'), t(`program.cadences.${card.cadence}`)],
        [t('program.delivery'), t(`program.deliveries.${card.delivery}`)],
        [
          t('program.source'),
          [t(`program.sources.${card.source}`), card.departmentName].filter(Boolean).join(' · '),
        ],
        [t('program.steps'), t(`program.stepsOf.${steps}`)],
        [
          t('program.notice'),
          card.notice.days === null
            ? both(card.notice.words)
            : t('program.noticeBoard', { days: card.notice.days, rule: both(card.notice.words) }),
        ],
        ...(card.exclusiveWith.length > 0
          ? [
              [
                t('program.exclusive'),
                card.exclusiveWith.map(({ name }) => both(name)).join(t('program.comma')),
              ] as const,
            ]
          : []),
        [t('program.clause'), both(card.clause)],
        [
          t('program.validity'),
          until === null
            ? t('program.validFrom', { from: day(card.validFrom) })
            : t('program.validBetween', { from: day(card.validFrom), until: day(until) }),
        ],
      ]}
    />
  );
}
