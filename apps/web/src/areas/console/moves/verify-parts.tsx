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
import { oneOf } from '../routes.root.tsx';
import { aidResults, findings } from '../parts/codes.ts';
import { Phrases } from '../parts/phrases.tsx';
import { usePhrases } from './move-frame.tsx';
import type { AidResult, Verification } from './verification.ts';

interface PartProps {
  value: Verification;
  update: (change: Partial<Verification>) => void;
}

/** When and where, what was seen, finding, price, second source, validity. */
export function Visit({
  value,
  update,
  secondSourceNeeded,
}: PartProps & { secondSourceNeeded: boolean }) {
  const { t } = useTranslation('console');
  const phrases = usePhrases('verify');
  return (
    <>
      <div className="field-row">
        <DateField
          name="visitedAt"
          type="datetime-local"
          label={t('need.field.visitedAt')}
          value={value.visitedAt}
          onChange={(visitedAt) => update({ visitedAt })}
        />
        <TextField
          name="place"
          label={t('need.field.place')}
          hint={t('need.field.placeHint')}
          value={value.place}
          onChange={(place) => update({ place })}
        />
      </div>
      <TextArea
        name="seen"
        label={t('need.field.seen')}
        rows={3}
        most={2000}
        value={value.seen}
        onChange={(seen) => update({ seen })}
      />
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
          name="priceYuan"
          label={t('need.field.price')}
          hint={t('need.field.priceHint')}
          optional
          value={value.priceYuan}
          onChange={(priceYuan) => update({ priceYuan })}
        />
        <TextField
          name="priceSource"
          label={t('need.field.priceSource')}
          hint={t('need.field.priceSourceHint')}
          optional
          value={value.priceSource}
          onChange={(priceSource) => update({ priceSource })}
        />
      </div>
      <TextField
        name="secondSource"
        label={t('need.field.secondSource')}
        hint={t('need.field.secondSourceHint')}
        optional={!secondSourceNeeded}
        value={value.secondSource}
        onChange={(secondSource) => update({ secondSource })}
      />
      <DateField
        name="validUntil"
        label={t('need.field.validUntil')}
        value={value.validUntil}
        onChange={(validUntil) => update({ validUntil })}
      />
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
export function PublicWords({ value, update, found }: PartProps & { found: readonly string[] }) {
  const { t } = useTranslation('console');
  return (
    <>
      <TextField
        name="publicTitle"
        label={t('need.field.publicTitle')}
        hint={t('need.field.publicTitleHint')}
        maxLength={40}
        value={value.publicTitle}
        onChange={(publicTitle) => update({ publicTitle })}
      />
      <TextArea
        name="publicText"
        label={t('need.field.publicText')}
        hint={t('need.field.publicTextHint')}
        rows={3}
        most={300}
        value={value.publicText}
        onChange={(publicText) => update({ publicText })}
      />
      {found.length > 0 && (
        <Notice tone="warned">
          <p role="status">{t('need.field.publicFound', { found: found.join('、') })}</p>
        </Notice>
      )}
    </>
  );
}
