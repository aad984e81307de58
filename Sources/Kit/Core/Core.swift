// Core: the values every room speaks in. It imports Foundation only and knows no feature.
//
//   who may do what     Capability, Role, Grant, Actor, Authority, Permit, Sight   (Permit.swift is the gate)
//   what is refused     Refusal, NotFound
//   names of records    ID, IDSource
//   time and place      Instant, Day, Period, WorkingCalendar (Vietnam is UTC+7, no daylight saving)
//   Vietnamese text     VietnameseText, VietnameseOrder, VietnameseFormat
//   numbers             Quantity (thousandths), Money (đồng)
//
// Nothing here reads a clock, a file or the environment: the world is handed in (World.swift).
