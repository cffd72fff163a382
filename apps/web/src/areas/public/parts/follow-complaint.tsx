import { routes, type RouteOutput } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteWhen } from '../../../shared/api/query.ts';
import { Button, DateText, Facts, Form, State, TextField } from '../../../shared/ui/index.ts';

type Followed = RouteOutput<typeof routes.complaint.followComplaint>;

/** How far a complaint has got, by its number and code. */
export function FollowComplaint({ given }: { given: { number: string; code: string } | null }) {
  const { t } = useTranslation('public');
  const [number, setNumber] = useState(given?.number ?? '');
  const [code, setCode] = useState(given?.code ?? '');
  const [asked, setAsked] = useState<{ number: string; code: string } | null>(null);
  const query = useRouteWhen(asked !== null, routes.complaint.followComplaint, {
    params: { number: asked?.number ?? '' },
    query: { code: asked?.code ?? '' },
  });
  return (
    <>
      <Form
        scope="follow"
        call={{ refusal: query.error, busy: query.isFetching }}
        onSend={() => setAsked({ number: number.trim(), code: code.trim() })}
      >
        <TextField
          name="number"
          label={t('complaint.number')}
          value={number}
          maxLength={40}
          onChange={setNumber}
        />
        <TextField
          name="code"
          label={t('complaint.code')}
          value={code}
          maxLength={40}
          onChange={setCode}
        />
        <p>
          <Button type="submit" busy={query.isFetching}>
            {t('complaint.followDo')}
          </Button>
        </p>
      </Form>
      <div role="status">{query.data && <FollowedFacts followed={query.data} />}</div>
    </>
  );
}

function FollowedFacts({ followed }: { followed: Followed }) {
  const { t } = useTranslation('public');
  const tone = followed.state === 'answered' ? 'done' : followed.late ? 'late' : 'running';
  return (
    <Facts
      rows={[
        [t('duty.state'), <State tone={tone}>{t(`complaint.states.${followed.state}`)}</State>],
        [t('complaint.answerBy'), <DateText at={followed.answerBy} />],
        [t('complaint.text'), <span className="pre">{followed.text}</span>],
        [t('complaint.answer'), followed.answer ?? t('complaint.answerNone')],
      ]}
    />
  );
}
