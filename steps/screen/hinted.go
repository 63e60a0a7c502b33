package screen

import (
	"errors"
	"fmt"
)

// Hinted is an error with the next action, ready to type.
type Hinted struct {
	Err  error
	Hint string
}

func (h Hinted) Error() string { return h.Err.Error() }

func (h Hinted) Unwrap() error { return h.Err }

// Err is the problem as an error, nil for none; command is what looks again.
func (p *Problem) Err(command string) error {
	if p == nil {
		return nil
	}
	return p.Told(command).Err()
}

// Err is what was told as an error.
func (t Told) Err() error { return Hinted{errors.New(t.Message), t.Hint} }

// WithHint is an error with its hint in one text.
func WithHint(err error) error {
	if h := (Hinted{}); errors.As(err, &h) {
		return fmt.Errorf("%w; hint: %s", err, h.Hint)
	}
	return err
}
