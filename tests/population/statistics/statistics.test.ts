/*
 * What is released, held against what it says of itself: intervals, laws, epsilon. All of it through the whole path.
 */
import './coverage.ts'
import './empirical-epsilon.ts'
