package steps

import (
	"context"
	"time"
)

// Clock tells the time and waits; tests have their own.
type Clock interface {
	Now() time.Time
	// Wait returns after d, or earlier with the context's error.
	Wait(ctx context.Context, d time.Duration) error
}
