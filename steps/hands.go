package steps

import (
	"context"
	"fmt"

	"marsfix/steps/computer"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// doElevate starts marsfix again elevated and waits for its end. over: that one took the walk over, and ended with
// code.
func doElevate(ctx context.Context, m computer.Machine, f Facts) (_ Facts, over bool, code int) {
	message := "this computer cannot start marsfix elevated"
	if el, ok := m.(computer.Elevator); ok {
		code, err := el.Elevate(ctx)
		if err == nil {
			return f, true, code
		}
		message = fmt.Sprintf("marsfix was not started as administrator: %v", err)
	}
	f.Trouble = &screen.Problem{Code: screen.CodeElevationFailed, Message: message,
		Cure: "open a console with Run as administrator and start marsfix there"}
	return f, false, 0
}

// doClose plays the engineer's click in the wizard's window, on a practice computer.
func doClose(ctx context.Context, m computer.Machine, f Facts, e look.Env) Facts {
	hand, ok := m.(computer.Hand)
	if !ok {
		f.Trouble = &screen.Problem{Code: screen.CodeNoHand, Message: "marsfix does not close windows on this computer",
			Cure: "close the wizard on the desktop where it is open"}
		return f
	}
	if err := hand.CloseWizard(ctx); err != nil {
		f.Trouble = &screen.Problem{Code: screen.CodeCloseFailed,
			Message: fmt.Sprintf("the wizard could not be closed: %v", err),
			Then:    screen.LookAgain}
		return f
	}
	return look.Wizards(ctx, m, f, e)
}
