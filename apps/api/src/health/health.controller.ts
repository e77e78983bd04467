import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

import { oneOf, shape, text } from '../description/schema.js';
import { Public } from '../http/caller.js';
import { Health, type HealthReport } from './health.js';

const healthSchema = shape<HealthReport>({
  status: oneOf('ok', 'unavailable'),
  queue: { ...oneOf('redis', 'postgresql'), description: 'What the queues run on' },
  database: oneOf('up', 'down'),
  worker: { ...oneOf('up', 'down'), description: 'Whether a worker has said lately that it is alive' },
  checkpoints: {
    ...oneOf('up', 'down'),
    description: 'Whether every place that keeps signed checkpoints of the log takes them; the program works without',
  },
  version: text,
});

/** For watchdogs and load balancers. */
@ApiTags('Health')
@Public()
@Controller()
export class HealthController {
  constructor(private readonly health: Health) {}

  @Get('health')
  @ApiOperation({ summary: 'Whether the whole program works, the worker included' })
  @ApiResponse({ status: 200, description: 'It works', schema: healthSchema })
  @ApiResponse({ status: 503, description: 'The database or the worker is away', schema: healthSchema })
  async whole(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthReport> {
    return told(await this.health.whole(), reply);
  }

  @Get('ready')
  @ApiOperation({ summary: 'Whether requests may be sent here' })
  @ApiResponse({ status: 200, description: 'They may', schema: healthSchema })
  @ApiResponse({ status: 503, description: 'The database is away', schema: healthSchema })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthReport> {
    return told(await this.health.self(), reply);
  }
}

function told(report: HealthReport, reply: FastifyReply): HealthReport {
  void reply.status(report.status === 'ok' ? 200 : 503);
  return report;
}
