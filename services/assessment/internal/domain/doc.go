// Package domain holds the rules of an assessment's facts: progress, ratings, peers' answers, surveys and attendance.
//
// Facts are values, and never changed: a correction is a further revision or a further report. The Check functions report
// every broken rule of a request together, with the paths of the fields as the caller sees them. Dates are civil dates in
// Western Indonesia Time.
//
// This package computes no score and knows no context, clock, storage or wire format.
package domain
