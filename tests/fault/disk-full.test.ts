import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@wennuan/basics';
import pg from 'pg';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compose, type Application } from '../../apps/server/src/compose/index.ts';
import { totpCode } from '../../apps/server/src/modules/access/index.ts';
import { systemActor } from '../../apps/server/src/platform/actor.ts';
import { migrate } from '../../apps/server/src/platform/database/migrate.ts';
import { startEmbedded, type Embedded } from '../../apps/server/src/platform/postgres/embedded.ts';

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const disk = mkdtempSync(join(tmpdir(), 'wennuan-full-'));
const filler = join(disk, 'filler');
const canMount = mountSmallDisk();
let server: Embedded;
let application: Application;
let cookie: string;

/** A disk of its own, small enough to fill; only an administrator of the machine can make one. */
function mountSmallDisk(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=220m,mode=0755', 'tmpfs', disk], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}

beforeAll(async () => {
  if (!canMount) return;
  // Segments of the write-ahead log are there before the disk fills, as on a server that has run a while.
  const settings = { min_wal_size: '64MB', max_wal_size: '64MB' };
  server = await startEmbedded({ dataDir: disk, durable: false, settings });
  const connection = { ownerUrl: server.url, schema: 'district', secret: '7c'.repeat(32) };
  await migrate(connection);
  application = await compose({
    connection,
    dataDir: join(disk, 'district'),
    clock: systemClock,
    sandbox: true,
    limitRates: false,
    federationContact: '0371-00002727',
    log: false,
  });
  await application.place.importSheet(
    Buffer.from('code,name,level,parent_code\n990001,河区,district,\n'),
  );
  await application.database.write(systemActor('test'), 'test.staff', (tx) =>
    application.access.openStaff(tx, [
      {
        name: 'auditor',
        displayName: '审计',
        role: 'auditor',
        areaId: application.place.district()!.id,
        password: 'warm-warm',
        totpSecret: SECRET,
      },
    ]),
  );
  const signedIn = await application.app.inject({
    method: 'POST',
    url: '/api/session/password',
    payload: { name: 'auditor', password: 'warm-warm', code: totpCode(SECRET, new Date()) },
  });
  cookie = String(signedIn.headers['set-cookie']).split(';')[0]!;
  await beginSegment();
});
afterAll(async () => {
  if (canMount) {
    rmSync(filler, { force: true });
    await application.close();
    await server.stop();
    execFileSync('umount', ['-l', disk]);
  }
  rmSync(disk, { recursive: true, force: true });
});

/** A whole segment of the log lies ahead, and the used ones are kept for later: none is made on the full disk. */
async function beginSegment(): Promise<void> {
  const owner = new pg.Client(server.url);
  await owner.connect();
  await owner.query('select pg_switch_wal()');
  await owner.query('checkpoint');
  await owner.end();
}

const save = (title: string) =>
  application.app.inject({
    method: 'POST',
    url: '/api/impact-assessments',
    headers: { cookie },
    payload: {
      title,
      assessedOn: '2026-11-20',
      conclusion: randomBytes(950).toString('hex'),
    },
  });

/** Fills the disk but for so many bytes. */
function fillUpTo(leftBytes: number): void {
  rmSync(filler, { force: true });
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - leftBytes)));
}

test.runIf(canMount)(
  'a full disk refuses in words, what was acknowledged stays, and it goes on once there is room',
  async () => {
    const acknowledged: string[] = [];
    fillUpTo(1_500_000);
    let refused: Awaited<ReturnType<typeof save>> | null = null;
    for (let n = 0; n < 4_000 && !refused; n += 1) {
      const answer = await save(`第 ${n} 份评估`);
      if (answer.statusCode === 200) acknowledged.push(answer.json<{ id: string }>().id);
      else refused = answer;
    }
    expect(refused?.statusCode, refused?.body).toBe(507);
    expect(refused!.json()).toMatchObject({ code: 'disk_full' });

    rmSync(filler);
    const after = await save('腾出空间之后');
    expect(after.statusCode).toBe(200);
    const listed = await application.app.inject({
      url: '/api/impact-assessments',
      headers: { cookie },
    });
    const ids = listed.json<{ items: { id: string }[] }>().items.map((item) => item.id);
    expect(new Set(ids)).toEqual(new Set([...acknowledged, after.json<{ id: string }>().id]));
  },
);

test.runIf(canMount)(
  'a picture that finds no room is refused, and nothing half is kept',
  async () => {
    mkdirSync(join(disk, 'district'), { recursive: true });
    const noise = await sharp(randomBytes(1_200 * 900 * 3), {
      raw: { width: 1_200, height: 900, channels: 3 },
    })
      .png()
      .toBuffer();
    const actor = await application.database.write(
      systemActor('test'),
      'test.resident',
      async (tx) => {
        const resident = { telephone: '19900000001', homeAreaId: null };
        const account = await application.access.openResident(tx, resident);
        return await application.access.actorFor(tx, account, 'resident');
      },
    );
    fillUpTo(100_000);
    await expect(application.attachment.add(actor, noise)).rejects.toMatchObject({
      code: 'disk_full',
    });
    rmSync(filler);
    const kept = await application.attachment.add(actor, noise);
    expect(kept.widthPixels).toBe(1_200);
  },
);
