import { statutoryAids } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import {
  Button,
  DateField,
  Notice,
  RadioGroup,
  Select,
  TextArea,
  TextField,
  YuanField,
} from '../../../shared/ui/index.ts';
import type { Values } from '../../../shared/values.ts';
import { oneOf } from '../routes.root.tsx';
import { aidResults, findings } from '../parts/codes.ts';
import { Phrases } from '../parts/phrases.tsx';
import { usePhrases } from './move-frame.tsx';
import type { AidResult, Verification } from './verification.ts';

type PartProps = Values<Verification>;

/** When and where, what was seen, finding, price, second source, validity. */
export function Visit({
  value,
  update,
  secondSourceNeeded,
  field,
}: PartProps & { secondSourceNeeded: boolean }) {
  const { t } = useTranslation('console');
  const phrases = usePhrases('verify');
  return (
    <>
      <div className="field-row">
        <DateField
          {...field('visitedAt')}
          type="datetime-local"
          label={t('need.field.visitedAt')}
        />
        <TextField
          {...field('place')}
          label={t('need.field.place')}
          hint={t('need.field.placeHint')}
        />
      </div>
      <TextArea {...field('seen')} label={t('need.field.seen')} rows={3} most={2000} />
      <Phrases
        kind="verify"
        ready={phrases}
        text={value.seen}
        onChange={(seen) => update({ seen })}
      />
      <div className="choices-row">
        <RadioGroup
          name="finding"
          label={t('need.field.finding')}
          value={value.finding}
          onChange={(finding) => update({ finding: oneOf(findings, finding) ?? '' })}
          options={findings.map((one) => ({ value: one, label: t(`codes.finding.${one}`) }))}
        />
      </div>
      <div className="field-row">
        <YuanField
          {...field('priceYuan')}
          label={t('need.field.price')}
          hint={t('need.field.priceHint')}
          optional
        />
        <TextField
          {...field('priceSource')}
          label={t('need.field.priceSource')}
          hint={t('need.field.priceSourceHint')}
          optional
        />
      </div>
      <TextField
        {...field('secondSource')}
        label={t('need.field.secondSource')}
        hint={t('need.field.secondSourceHint')}
        optional={!secondSourceNeeded}
      />
      <DateField {...field('validUntil')} label={t('need.field.validUntil')} />
    </>
  );
}

/** The checklist of statutory aid: each with a result, before charity may be thought of. */
export function Statutory({ value, update, error }: PartProps & { error?: string }) {
  const { t } = useTranslation('console');
  const lines = value.statutory;
  const change = (
    aid: (typeof statutoryAids)[number],
    line: { result?: AidResult | ''; note?: string },
  ) =>
    update({
      statutory: { ...lines, [aid]: { ...(lines[aid] ?? { result: '', note: '' }), ...line } },
    });
  return (
    <fieldset className="field" id="field-statutory" tabIndex={-1}>
      <legend>{t('need.field.statutory')}</legend>
      <span className="field-hint">{t('need.field.statutoryHint')}</span>
      {error && <span className="field-error">{error}</span>}
      {statutoryAids.map((aid) => (
        <div key={aid} className="aid">
          <Select
            name={`statutory.${aid}`}
            label={t(`codes.aid.${aid}`)}
            placeholder=""
            value={lines[aid]?.result ?? ''}
            onChange={(result) => change(aid, { result: oneOf(aidResults, result) ?? '' })}
            options={aidResults.map((one) => ({ value: one, label: t(`codes.aidResult.${one}`) }))}
          />
          <TextField
            name={`statutory.${aid}.note`}
            label={t('need.field.statutoryNote')}
            optional
            value={lines[aid]?.note ?? ''}
            onChange={(note) => change(aid, { note })}
          />
        </div>
      ))}
      <p>
        <Button
          kind="quiet"
          onPress={() =>
            update({
              statutory: Object.fromEntries(
                statutoryAids.map((aid) => [
                  aid,
                  lines[aid]?.result ? lines[aid] : { result: 'not_entitled', note: '' },
                ]),
              ),
            })
          }
        >
          {t('need.field.allNotEntitled')}
        </Button>
      </p>
    </fieldset>
  );
}

/** What the public will read: the worker's words, watched for what may identify somebody. */
export function PublicWords({ found, field }: PartProps & { found: readonly string[] }) {
  const { t } = useTranslation('console');
  return (
    <>
      <TextField
        {...field('publicTitle')}
        label={t('need.field.publicTitle')}
        hint={t('need.field.publicTitleHint')}
        maxLength={40}
      />
      <TextArea
        {...field('publicText')}
        label={t('need.field.publicText')}
        hint={t('need.field.publicTextHint')}
        rows={3}
        most={300}
      />
      {found.length > 0 && (
        <Notice tone="warned">
          <p role="status">{t('need.field.publicFound', { found: found.join('、') })}</p>
        </Notice>
      )}
    </>
  );
}
