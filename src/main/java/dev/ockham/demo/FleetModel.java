package dev.ockham.demo;

import dev.ockham.chat.Dialect;

/** One model of the fleet: its name, the dialect its server speaks and what it charges. */
record FleetModel(String name, Dialect dialect, Tariff tariff) {}
