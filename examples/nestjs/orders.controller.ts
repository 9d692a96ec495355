import type { IncomingMessage } from 'node:http';
import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import { UsersService } from './users.service';

const ORDERS = [
  { number: 'A-1', customer: '123', item: 'paper' },
  { number: 'A-2', customer: '123', item: 'ink' },
];

@Controller('customers')
export class OrdersController {
  constructor(@Inject(UsersService) private readonly users: UsersService) {}

  @Get(':id/orders')
  async find(@Param('id') customerId: string, @Req() { auth }: IncomingMessage): Promise<unknown> {
    const { id, name } = await this.users.byId(customerId);
    return { customer: name, orders: ORDERS.filter(({ customer }) => customer === id), askedBy: auth?.sub };
  }
}
