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
  version: text,
});

/** For watchdogs and load balancers. */
@ApiTags('Health')
@Public()
@Controller()
export class HealthController {
  constructor(private readonly health: Health) {}

  @Get('health')
  @ApiOperation({ summary: 'Whether the program works, and what its queues run on' })
  @ApiResponse({ status: 200, description: 'It works', schema: healthSchema })
  @ApiResponse({ status: 503, description: 'The database is away', schema: healthSchema })
  async report(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthReport> {
    const report = await this.health.report();
    void reply.status(report.status === 'ok' ? 200 : 503);
    return report;
  }

  @Get('ready')
  @ApiOperation({ summary: 'Whether requests may be sent here' })
  @ApiResponse({ status: 200, description: 'They may', schema: healthSchema })
  @ApiResponse({ status: 503, description: 'Not now', schema: healthSchema })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthReport> {
    return this.report(reply);
  }
}
