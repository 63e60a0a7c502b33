package main

import (
	"fmt"
	"slices"
	"time"
)

// series is one thing measured several times, in the order of the rounds.
type series []time.Duration

func (s series) median() time.Duration { return middle(s) }

// middle is the median: of an even number the mean of the two in the middle.
func middle[T time.Duration | float64](values []T) T {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// ratio is one series to another, round by round: what slows a whole round down is in both.
type ratio struct{ median, least, most float64 }

func ratioOf(a, b series) ratio {
	var all []float64
	for i := range a {
		all = append(all, float64(a[i])/float64(b[i]))
	}
	return ratio{middle(all), slices.Min(all), slices.Max(all)}
}

func (r ratio) String() string { return fmt.Sprintf("%.2f (%.2f to %.2f)", r.median, r.least, r.most) }

// bars are the promises and how they stand.
type bars struct {
	lines  []string
	missed int
}

func (b *bars) atLeast(what string, got, want float64) {
	b.note(what, fmt.Sprintf("%.2f, at least %.2f", got, want), got >= want)
}

func (b *bars) atMost(what string, got, want float64) {
	b.note(what, fmt.Sprintf("%.2f, at most %.2f", got, want), got <= want)
}

func (b *bars) note(what, figures string, held bool) {
	verdict := "held"
	if !held {
		verdict = "MISSED"
		b.missed++
	}
	b.lines = append(b.lines, fmt.Sprintf("- %s: %s: %s", verdict, what, figures))
}

// tell prints how the promises stand; a missed one is an error.
func (b *bars) tell() error {
	fmt.Println()
	for _, l := range b.lines {
		fmt.Println(l)
	}
	fmt.Println()
	if b.missed > 0 {
		return errMissed
	}
	return nil
}

func inMS(d time.Duration) float64 { return float64(d) / 1e6 }

// ms writes a time in milliseconds.
func ms(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d)/1e6) }

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f s", d.Seconds()) }

const mega, giga = 1 << 20, 1 << 30

// sizeWords writes a size as it is spoken of.
func sizeWords(n int64) string {
	if n >= giga {
		return fmt.Sprintf("%d GB", n/giga)
	}
	return fmt.Sprintf("%d MB", n/mega)
}
