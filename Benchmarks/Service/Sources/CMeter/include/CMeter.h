#pragma once

/// Keeps the calling thread on one processor, counted from 0; 0, or an errno where the program may not use it.
int cmeter_stay_on(int processor);
