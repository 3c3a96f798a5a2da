// Package assessment is the service that takes the facts of an assessment: progress reports, the superior's ratings,
// peers' answers, public surveys, attendance and the ratings of organisations.
//
// Facts are corrected by addition: a rating or an attendance is a further revision, a report a further report. Every
// change commits together with the event that tells it. Raters of peers and citizens stay unknown: their answers are
// kept without a name, an hour or an order, and sums are given out only once three peers have answered.
//
// The service computes no score and holds no plan: it asks planning for plans, people, units and periods, and never
// inside a transaction. Everything but New, Config, Deps and Migrations is internal.
package assessment
