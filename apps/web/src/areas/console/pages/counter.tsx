import { lookUpPurposes, type RouteOutput, routes } from '@wennuan/contract';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Form, Page, RadioGroup, say, TextField } from '../../../shared/ui/index.ts';
import { useSend } from '../parts/send.ts';
import { LookedUp } from '../person/looked-up.tsx';
import { oneOf } from '../routes.root.tsx';

type Answer = RouteOutput<typeof routes.file.lookUp>;

/** After this long without a key nobody stands at the counter any more. */
const SHOWN_SECONDS = 90;

/**
 * The counter: a number typed, scanned or read from a card says who it is, what she is entitled to and what she had.
 * Keyboard only: the field has the focus, Enter asks, the next number goes straight in, Escape hides.
 */
export function CounterPage() {
  const { t } = useTranslation('console');
  const [text, setText] = useState('');
  const [purpose, setPurpose] = useState<(typeof lookUpPurposes)[number]>('counter_service');
  const [answer, setAnswer] = useState<Answer | null>(null);
  const ask = useSend(routes.file.lookUp);
  const box = useRef<HTMLDivElement>(null);
  const focusField = () => box.current?.querySelector<HTMLInputElement>('input')?.focus();
  const hide = useCallback(() => {
    setAnswer(null);
    focusField();
  }, []);
  useEffect(focusField, []);
  const left = useCountdown(answer, () => {
    hide();
    say(t('counter.hidden'));
  });
  function send() {
    if (text.trim() === '') return;
    setAnswer(null);
    ask.run({ body: { text, purpose } }, (found) => {
      setAnswer(found);
      setText('');
      focusField();
    });
  }
  return (
    <Page title={t('counter.title')} lead={t('counter.lead')} width="wide">
      <div
        ref={box}
        className="counter"
        role="presentation"
        onKeyDown={(event) => event.key === 'Escape' && hide()}
      >
        <Form onSend={send} call={ask}>
          <div className="counter-field">
            <TextField
              name="text"
              label={t('counter.field')}
              hint={t('counter.hint')}
              maxLength={100}
              value={text}
              onChange={setText}
            />
            <Button type="submit" kind="primary" busy={ask.busy}>
              {t('counter.send')}
            </Button>
          </div>
          <div className="choices-row">
            <RadioGroup
              name="purpose"
              label={t('counter.purpose')}
              value={purpose}
              onChange={(picked) => setPurpose(oneOf(lookUpPurposes, picked) ?? 'counter_service')}
              options={lookUpPurposes.map((one) => ({
                value: one,
                label: t(`counter.purposes.${one}`),
              }))}
            />
          </div>
          <p className="soft small">{t('counter.logged')}</p>
        </Form>
        {answer && (
          <section className="panel" role="status">
            <LookedUp answer={answer} onDone={hide} />
            <p className="row-between">
              <span className="soft small">{t('counter.hides', { seconds: left })}</span>
              <Button onPress={hide}>{t('counter.hide')}</Button>
            </p>
          </section>
        )}
      </div>
    </Page>
  );
}

/** Seconds left until what is shown goes; any key begins anew. */
function useCountdown(shown: unknown, over: () => void): number {
  const [left, setLeft] = useState(SHOWN_SECONDS);
  const end = useRef(over);
  end.current = over;
  useEffect(() => {
    if (!shown) return;
    let seconds = SHOWN_SECONDS;
    setLeft(seconds);
    const again = () => {
      seconds = SHOWN_SECONDS;
    };
    const timer = setInterval(() => {
      seconds -= 1;
      setLeft(seconds);
      if (seconds <= 0) end.current();
    }, 1_000);
    window.addEventListener('keydown', again);
    window.addEventListener('pointerdown', again);
    return () => {
      clearInterval(timer);
      window.removeEventListener('keydown', again);
      window.removeEventListener('pointerdown', again);
    };
  }, [shown]);
  return left;
}
