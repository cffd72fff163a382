import { routes, type RouteOutput } from '@wennuan/contract';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteWhen } from '../../../shared/api/query.ts';
import {
  Button,
  DateText,
  Facts,
  Form,
  Money,
  Notice,
  Page,
  RefusalNotice,
  TextField,
} from '../../../shared/ui/index.ts';
import { PathLink } from '../parts/path-link.tsx';

type Checked = RouteOutput<typeof routes.receipt.checkConfirmation>;

/** Whether a donation confirmation is ours: by the number and code that stand on it, or from its QR code. */
export function CheckPage() {
  const { t } = useTranslation('public');
  const search = useSearch({ from: '/public/check' });
  const navigate = useNavigate();
  const [number, setNumber] = useState(search.number ?? '');
  const [code, setCode] = useState(search.code ?? '');
  const asked = Boolean(search.number && search.code);
  const query = useRouteWhen(asked, routes.receipt.checkConfirmation, {
    params: { number: search.number ?? '' },
    query: { code: search.code ?? '' },
  });
  return (
    <Page title={t('check.title')} description={t('check.lead')} lead={t('check.lead')}>
      <Form
        onSend={() =>
          void navigate({ to: '/check', search: { number: number.trim(), code: code.trim() } })
        }
      >
        <TextField
          name="number"
          label={t('check.number')}
          hint={t('check.numberHint')}
          value={number}
          maxLength={40}
          onChange={setNumber}
        />
        <TextField
          name="code"
          label={t('check.code')}
          hint={t('check.codeHint')}
          value={code}
          maxLength={40}
          onChange={setCode}
        />
        <p>
          <Button type="submit" kind="primary">
            {t('check.send')}
          </Button>
        </p>
      </Form>
      <div role="status">
        {query.data && <Result checked={query.data} />}
        {query.error && <RefusalNotice refusal={query.error} />}
      </div>
      <p className="soft">{t('check.offline')}</p>
    </Page>
  );
}

function Result({ checked }: { checked: Checked }) {
  const { t } = useTranslation('public');
  const target = checked.targetLink ? (
    <PathLink to={checked.targetLink}>{checked.targetLabel}</PathLink>
  ) : (
    checked.targetLabel
  );
  return (
    <section className="stack-tight" aria-labelledby="result">
      <Notice tone="done">
        <p>
          <strong id="result">{t('check.right')}</strong>
        </p>
        {checked.state === 'erased' && <p>{t('check.erased')}</p>}
      </Notice>
      <Facts
        rows={[
          [t('check.number'), <span className="number">{checked.number}</span>],
          [t('check.amount'), <Money fen={checked.amountFen} />],
          [t('check.at'), <DateText at={checked.at} />],
          [t('check.target'), target],
          [t('check.charity'), checked.charity],
          [t('check.madeAt'), <DateText at={checked.madeAt} />],
          [t('check.fiscal'), checked.fiscalNumber ?? t('check.fiscalNone')],
          [t('check.sha'), <code className="key-text">{checked.sha256}</code>],
        ]}
      />
    </section>
  );
}
