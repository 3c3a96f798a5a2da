// Package directory asks planning what the use cases need to know: periods, approved plans, people and units.
//
// It is app.Directory over gRPC. What does not exist becomes an error of the domain; an absence of planning stays what
// it is, and any other answer is a defect of this service, because its caller did not make that request. Only periods
// are kept, for a few seconds, because every write asks for one and they hardly ever change.
//
// The package holds no rule and is never called inside a transaction.
package directory
