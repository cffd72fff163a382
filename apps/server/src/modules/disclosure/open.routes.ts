import { Readable } from 'node:stream';
import { Refusal } from '@wennuan/basics';
import { type routes, shapes } from '@wennuan/contract';
import type { Handlers } from '../../platform/http/mount.ts';
import type { DisclosureNeeds } from './disclosure.needs.ts';
import {
  csvOf,
  type Dataset,
  jsonOf,
  LICENCE,
  LICENCE_URL,
  type OpenFormat,
  tables,
} from './open.ts';
import { rowsOf } from './open.store.ts';

/** Five minutes: fresh enough for a reader, and kind to the database when many take it at once. */
const CACHE = 'public, max-age=300, stale-while-revalidate=600';
const TYPES: Record<OpenFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

/** The open data and its catalogue. */
export function openHandlers(needs: DisclosureNeeds): Handlers<typeof routes.open> {
  return {
    openCatalogue: async ({ actor }) => ({
      licence: LICENCE,
      licenceUrl: LICENCE_URL,
      asOf: needs.clock.now().toISOString(),
      datasets: shapes.openDatasets.map((name) => {
        const table = tables[name];
        const place = actor.language === 'zh' ? 1 : 2;
        return {
          name,
          title: table.title[actor.language],
          rows: table.rows[actor.language],
          columns: table.columns.map((column) => ({ name: column[0], meaning: column[place] })),
          addresses: shapes.openFormats.map((format) => ({
            format,
            path: `/api/open/${name}.${format}`,
          })),
        };
      }),
    }),
    async openData({ params, reply }) {
      const [dataset, format] = fileOf(params.file);
      const rows = rowsOf(needs, dataset);
      const asOf = needs.clock.now().toISOString();
      const text = format === 'csv' ? csvOf(dataset, rows) : jsonOf(dataset, rows, asOf);
      return reply
        .type(TYPES[format])
        .headers({
          'cache-control': CACHE,
          'access-control-allow-origin': '*',
          'cross-origin-resource-policy': 'cross-origin',
          link: `<${LICENCE_URL}>; rel="license"`,
          'content-disposition': `${format === 'csv' ? 'attachment' : 'inline'}; filename="${dataset}.${format}"`,
        })
        .send(Readable.from(text));
    },
  };
}

function fileOf(file: string): [Dataset, OpenFormat] {
  const [name, ending, ...more] = file.split('.');
  const dataset = shapes.openDatasets.find((one) => one === name);
  const format = shapes.openFormats.find((one) => one === ending);
  if (!dataset || !format || more.length > 0) throw new Refusal('not_found');
  return [dataset, format];
}
