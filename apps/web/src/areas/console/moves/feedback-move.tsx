import { useTranslation } from 'react-i18next';
import { DateField, RadioGroup, TextArea } from '../../../shared/ui/index.ts';
import { oneOf } from '../routes.root.tsx';
import { useFilled } from '../parts/checks.ts';
import { metAnswers } from '../parts/codes.ts';
import { instantOf, nowAsTyped } from '../parts/instants.ts';
import { Phrases } from '../parts/phrases.tsx';
import { MoveFrame, usePhrases } from './move-frame.tsx';
import { commonFields, type MoveProps, useMove } from './use-move.ts';

const empty = {
  ...commonFields,
  met: '' as '' | (typeof metAnswers)[number],
  words: '',
  calledAt: '',
};

interface FeedbackMoveProps extends Omit<MoveProps, 'move'> {
  move: 'call_back' | 'paper_slip' | 'confirm';
}

/** What the asker said: on the telephone to a second worker, on paper, or herself. */
export function FeedbackMove(props: FeedbackMoveProps) {
  const { t } = useTranslation('console');
  const { move } = props;
  const form = useMove(props, empty);
  const filled = useFilled();
  const phrases = usePhrases(move);
  const { met, words } = form.value;
  const calledAt = form.value.calledAt || nowAsTyped();
  function send() {
    const fine = form.checks.pass({
      met: met === '' && t('need.field.needMet'),
      words: filled(words, t('need.field.words')),
    });
    if (!fine || met === '') return;
    const said = { ...form.common(), met, words };
    if (move === 'call_back') form.submit({ move, ...said, calledAt: instantOf(calledAt) });
    else form.submit({ move, ...said });
  }
  return (
    <MoveFrame
      {...props}
      form={form}
      onSend={send}
      note="none"
      photos={move === 'paper_slip' ? t('need.field.photosSlip') : undefined}
    >
      <div className="choices-row">
        <RadioGroup
          name="met"
          label={t('need.field.met')}
          value={met}
          onChange={(picked) => form.update({ met: oneOf(metAnswers, picked) ?? '' })}
          options={metAnswers.map((one) => ({ value: one, label: t(`codes.met.${one}`) }))}
        />
      </div>
      <TextArea
        name="words"
        label={t('need.field.words')}
        hint={t('need.field.wordsHint')}
        rows={3}
        most={2000}
        value={words}
        onChange={(text) => form.update({ words: text })}
      />
      {move === 'call_back' && (
        <>
          <Phrases
            kind={move}
            ready={phrases}
            text={words}
            onChange={(text) => form.update({ words: text })}
          />
          <DateField
            name="calledAt"
            type="datetime-local"
            label={t('need.field.calledAt')}
            value={calledAt}
            onChange={(at) => form.update({ calledAt: at })}
          />
        </>
      )}
    </MoveFrame>
  );
}
