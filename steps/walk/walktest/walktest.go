// Package walktest is what the tests of the rooms around a walk are made with: a practice computer that a test breaks
// and watches, an engineer who walks it with Enter and y, and what both leave on the disk. No program imports it.
package walktest
